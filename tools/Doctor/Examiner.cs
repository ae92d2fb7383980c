using GatewayAgent.Doctor.Checks;
using GatewayAgent.Doctor.Probes;
using GatewayAgent.Mosquitto;

namespace GatewayAgent.Doctor;

/// <summary>Finds out why a node is silent: looks everywhere at once, and judges in the order of the signal's way.</summary>
public static class Examiner
{
    // From the cable to the collector: what comes first spoils what comes after it.
    private static readonly Check[] _way =
    [
        new PortCheck(), new BoardCheck(), new ImageCheck(), new FlashCheck(), new OwnClockCheck(), new SettingsCheck(), new CertificatesCheck(), new ProgramCheck(), new WifiCheck(),
        new NameCheck(), new ConnectionCheck(), new TlsCheck(), new LoginCheck(), new AccessCheck(), new TopicCheck(), new OnlineCheck(), new BootsCheck(),
        new RadioCheck(), new ConfigCheck(), new ReportsCheck(), new ClockCheck(), new LossesCheck(), new CollectorCheck(), new StoreCheck(),
    ];

    /// <exception cref="OperationCanceledException">Stopped.</exception>
    /// <exception cref="MosquittoException">libmosquitto is not installed.</exception>
    public static Examination Examine(DoctorRequest request, CancellationToken cancel)
    {
        Evidence evidence = Gather(request, cancel);
        return new Examination(evidence.Name, [.. _way.Select(check => new Finding(check.Name, check.Judge(evidence)))]);
    }

    private static Evidence Gather(DoctorRequest request, CancellationToken cancel)
    {
        FileEvidence? files = FileProbe.Look(request.Files, request.Clock.GetUtcNow());
        string? home = request.Home ?? files?.Settings?.Home, node = request.Node ?? files?.Settings?.Node;
        (string, string)? name = home == null || node == null || !Protocol.Topics.IsId(home) || !Protocol.Topics.IsId(node) ? null : (home, node);
        MosquittoOptions? own = BrokerProbe.OptionsOf(files is { CertificateProblem: null } ? files : null);
        Task<BoardEvidence?> board = Task.Run(() => BoardProbe.Look(request, cancel), cancel);

        // One after the other: only one program can have the port.
        Task<ImageEvidence?> image = board.ContinueWith(heard => ImageProbe.Look(request, heard.GetAwaiter().GetResult(), cancel), cancel);
        Task<BrokerEvidence?> asNode = Task.Run(() => own == null ? null : BrokerProbe.Look(own, true, name, request, cancel), cancel);
        Task<BrokerEvidence?> asUser = Task.Run(() => request.Broker == null ? null : BrokerProbe.Look(request.Broker, false, name, request, cancel), cancel);

        // Afterwards: what came while it was listened to must be there.
        Task<StoreEvidence?> store = Task.WhenAll(asNode, asUser).ContinueWith(
            _ => StoreProbe.Look(request.Store, name, (asUser.Result?.Talk ?? asNode.Result?.Talk)?.Reports ?? [], cancel), cancel);
        Task<CollectorEvidence?> collector = Task.Run(() => CollectorProbe.Look(request, cancel), cancel);
        Task.WhenAll(board, image, asNode, asUser, store, collector).GetAwaiter().GetResult();
        return new Evidence
        {
            Request = request,
            Now = request.Clock.GetUtcNow(),
            Home = name == null ? null : home,
            Node = name == null ? null : node,
            Files = files,
            Board = board.Result,
            Image = image.Result,
            AsNode = asNode.Result,
            AsUser = asUser.Result,
            Store = store.Result,
            Collector = collector.Result,
        };
    }
}
