namespace GatewayAgent.Hardware.Tools;

/// <summary>esptool, Espressif's flasher: a second opinion where it is installed. Its old names of commands work in versions 4 and 5.</summary>
public sealed class EsptoolTool(string program)
{
    public string Program { get; } = program;

    /// <summary>The one that is installed; null = none.</summary>
    public static EsptoolTool? Find() => (ToolProcess.Find("esptool") ?? ToolProcess.Find("esptool.py")) is { } path ? new EsptoolTool(path) : null;

    /// <summary>Chip and flash.</summary>
    public ToolCommand FlashId(string port) => new(Program, ["--port", port, "flash_id"]);

    /// <summary>Compares flash with a file; its exit code says whether they are the same.</summary>
    public ToolCommand Verify(string port, uint address, string file) => new(Program, ["--port", port, "verify_flash", $"0x{address:X}", file]);
}
