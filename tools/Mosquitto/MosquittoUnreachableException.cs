namespace GatewayAgent.Mosquitto;

/// <summary>There is no connection to the broker's address: unknown host, nobody listens, no way there, or TLS without agreement.</summary>
public sealed class MosquittoUnreachableException : MosquittoException
{
    internal MosquittoUnreachableException(string broker, int code)
        : base($"cannot connect to {broker}: {Describe(code)}", code)
    {
    }
}
