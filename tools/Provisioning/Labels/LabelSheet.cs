using System.Text;
using GatewayAgent.Provisioning.Kits;
using QRCoder;

namespace GatewayAgent.Provisioning.Labels;

/// <summary>
/// Labels to print: an HTML page for A4 sheets of 3 × 8 labels of 70 × 36 mm, one a node, with its home and a QR code. The code holds the node's
/// branch of topics and no secret: who reads it learns what the label says.
/// </summary>
internal static class LabelSheet
{
    private const string Head =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>Labels</title>
        <style>
          @page { size: A4; margin: 4.5mm 0; }
          body { margin: 0; font-family: "DejaVu Sans", Arial, sans-serif; color: #000; background: #fff; }
          main { display: grid; grid-template-columns: repeat(3, 70mm); grid-auto-rows: 36mm; width: 210mm; }
          article { box-sizing: border-box; display: flex; gap: 3mm; align-items: center; padding: 3mm 4mm; overflow: hidden; break-inside: avoid; }
          article svg { flex: none; width: 26mm; height: 26mm; }
          h1 { font-size: 11pt; margin: 0 0 1mm; overflow-wrap: anywhere; }
          p { font-size: 8pt; margin: 0; overflow-wrap: anywhere; }
          @media screen { article { outline: 1px dashed #bbb; } }
        </style>
        </head>
        <body>
        <main>

        """;

    private const string Tail =
        """
        </main>
        </body>
        </html>

        """;

    /// <summary>What a node's QR code says.</summary>
    public static string PayloadOf(NodeEntry node) => $"gw/v1/{node.Home}/{node.Node}";

    public static string Of(IReadOnlyList<NodeEntry> nodes)
    {
        var page = new StringBuilder(Head);
        using var generator = new QRCodeGenerator();
        foreach (NodeEntry node in nodes)
        {
            // Ids need no escaping: they are of letters, digits, dot, line and hyphen.
            page.Append($"<article>{Code(generator, PayloadOf(node))}<div><h1>{node.Node}</h1><p>{node.Home}</p><p>{node.Role}</p></div></article>\n");
        }

        return page.Append(Tail).ToString();
    }

    private static string Code(QRCodeGenerator generator, string payload)
    {
        using QRCodeData data = generator.CreateQrCode(payload, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(1, "#000", "#fff", drawQuietZones: true, sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute).ReplaceLineEndings("");
    }
}
