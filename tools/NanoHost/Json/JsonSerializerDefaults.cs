namespace nanoFramework.Json;

/// <summary>Values as on the device.</summary>
public enum JsonSerializerDefaults
{
    General = 0,
    Web = 1,
}
