namespace GatewayAgent.Collector.Store;

/// <summary>A store that cannot be opened; the message names the file and the cause.</summary>
public sealed class CollectorStoreException(string message, Exception? cause = null) : Exception(message, cause);
