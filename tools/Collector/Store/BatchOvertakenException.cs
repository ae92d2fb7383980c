namespace GatewayAgent.Collector.Store;

/// <summary>Another writer has changed what a batch was made from; written again, it is not overtaken a second time.</summary>
internal sealed class BatchOvertakenException(string message) : Exception(message);
