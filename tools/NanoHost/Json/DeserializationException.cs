namespace nanoFramework.Json;

/// <summary>The text cannot be read as what was asked for. As on the device it does not say why.</summary>
public class DeserializationException : Exception
{
    public DeserializationException()
    {
    }
}
