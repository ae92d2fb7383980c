namespace GatewayAgent.Device.Radio;

/// <summary>Sizes and fields of the native records that the adapters read (ABI 1, little-endian).</summary>
internal static class NativeRecords
{
    public const int Abi = 1;

    public const int CapsBytes = 16, LinkBytes = 24, TotalsBytes = 32, HealthBytes = 28;

    // Caps
    public const int CapsAbi = 0, CapsBits = 4, CapsMask2g = 8, CapsMask5g = 12;

    // Link
    public const int LinkState = 0, LinkRssi = 1, LinkChannel = 2, LinkBssid = 4, LinkReason = 13, LinkDisconnects = 14;
    public const int LinkStations = 20, LinkUtilization = 22, LinkLoadAge = 23;
    public const int LinkConnected = 1;
    public const int Unknown8 = 255, Unknown16 = 0xFFFF;

    // Totals
    public const int TotalsFcsErrors = 4, TotalsMalformed = 8, TotalsWithoutChannel = 12, TotalsUntuned = 16;
    public const int TotalsRssiInvalid = 20, TotalsApMisses = 28;

    // Health
    public const int HealthResetReason = 0, HealthInternalFree = 4;

    public static int U16(byte[] record, int at) => record[at] | (record[at + 1] << 8);

    public static uint U32(byte[] record, int at) =>
        (uint)(record[at] | (record[at + 1] << 8) | (record[at + 2] << 16) | (record[at + 3] << 24));
}
