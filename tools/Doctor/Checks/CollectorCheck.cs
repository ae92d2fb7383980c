namespace GatewayAgent.Doctor.Checks;

/// <summary>The collector runs and does its work.</summary>
internal sealed class CollectorCheck() : Check("collector")
{
    private const double Full = 0.9;

    public override Verdict Judge(Evidence evidence) => evidence.Collector switch
    {
        null => Verdict.Unknown("give its address with --collector"),
        { Problem: { } problem } => Verdict.Wrong(
            $"the collector does not answer at {evidence.Request.Collector}", problem, "start it (./gw collect --listen …), or correct the address; nodes keep what they measure meanwhile"),
        { IsForbidden: true } when evidence.Request.Token != null => Verdict.Wrong(
            "the collector does not take this token",
            $"{evidence.Request.Collector} refuses it: expired, taken back, or not of an operator of all homes",
            "have another one made (./gw token --help) and name its file with --token-file"),
        { IsForbidden: true } => Verdict.Unknown("it wants the token of an operator: --token-file"),
        { Problems: { Count: > 0 } problems } => Verdict.Wrong(
            $"the collector is not ready: {string.Join(' ', problems)}", $"{evidence.Request.Collector} /health/ready", "see its log; docs/operations says what each means"),
        { QueueShare: > Full } => Verdict.Wrong(
            "the collector does not keep up: its queue is full", "gateway_agent_queue_messages in /metrics", "see how long its batches take (disk, database); docs/operations"),
        _ => Verdict.Fine("connected to its broker, and storing"),
    };
}
