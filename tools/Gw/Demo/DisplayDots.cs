using System.Text;
using GatewayAgent.NanoHost;

namespace GatewayAgent.Gw.Demo;

/// <summary>The pixels of a display as Braille: two by four of them a character, 64 × 16 characters in all.</summary>
internal static class DisplayDots
{
    private const int CellWidth = 2, CellHeight = 4;
    private const int Blank = 0x2800;

    // Bit of each dot of a cell, by row and column.
    private static readonly int[] _bits = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];

    public static IEnumerable<string> Lines(VirtualDisplay display)
    {
        for (int y = 0; y < VirtualDisplay.Height; y += CellHeight)
        {
            var line = new StringBuilder();
            for (int x = 0; x < VirtualDisplay.Width; x += CellWidth)
            {
                line.Append(Cell(display, x, y));
            }

            yield return line.ToString();
        }
    }

    private static char Cell(VirtualDisplay display, int left, int top)
    {
        int dots = Blank;
        for (int i = 0; i < _bits.Length; i++)
        {
            dots |= display[left + (i % CellWidth), top + (i / CellWidth)] ? _bits[i] : 0;
        }

        return (char)dots;
    }
}
