namespace GatewayAgent.Ports;

/// <summary>Where radio values come from. The numbers are those of <c>Source</c> in agent.proto.</summary>
public enum RadioSource
{
    Native = 0,
    StockScan = 1,
    StockEvent = 2,
    BssLoad = 3,
}
