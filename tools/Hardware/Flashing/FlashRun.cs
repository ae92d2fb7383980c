using System.Security.Cryptography;
using System.Text;
using GatewayAgent.Hardware.Boards;
using GatewayAgent.Hardware.Images;
using GatewayAgent.Hardware.Tools;

namespace GatewayAgent.Hardware.Flashing;

/// <summary>
/// Flashes one board, step by step. Nothing is written before everything was compared; the agent is written last; after a failure the next
/// run goes on where this one ended.
/// </summary>
public sealed class FlashRun
{
    private readonly FlashRequest _request;
    private readonly ImagesLock _pinned;
    private readonly NanoffTool _nanoff;
    private readonly EsptoolTool? _esptool;
    private readonly IFlashView _view;
    private readonly IFirstBoot? _firstBoot;
    private readonly ToolBench _bench;

    private FlashPlan _plan = null!;
    private Board _board = null!;
    private FlashState _state = null!;
    private ImagePackage? _package;

    /// <param name="request">What to flash.</param>
    /// <param name="pinned">Which images and packages belong together.</param>
    /// <param name="nanoff">Does it.</param>
    /// <param name="esptool">A second opinion; null = none.</param>
    /// <param name="view">Shows it.</param>
    /// <param name="firstBoot">Hears the node at its broker; null = nobody listens.</param>
    /// <param name="pause">Between attempts, while a board starts.</param>
    public FlashRun(FlashRequest request, ImagesLock pinned, NanoffTool nanoff, EsptoolTool? esptool, IFlashView view, IFirstBoot? firstBoot, TimeSpan pause)
    {
        _request = request;
        _pinned = pinned;
        _nanoff = nanoff;
        _esptool = esptool;
        _view = view;
        _firstBoot = firstBoot;
        _bench = new ToolBench(view, pause);
    }

    private BoardModule Module => _plan.Module;

    private FlashPaths Paths => _plan.Paths;

    /// <exception cref="HardwareException">What was given cannot be used.</exception>
    /// <exception cref="FlashException">A step failed; the message says what the board is now.</exception>
    /// <exception cref="OperationCanceledException">Stopped between two steps, or in one that writes nothing.</exception>
    public void Run(CancellationToken stop)
    {
        FlashChecks.Inputs(_request, _pinned);
        Begin(stop);
        Do(FlashStep.Image, stop, FetchImage);
        Compare();
        Do(FlashStep.Backup, stop, Backup);
        Confirm();
        Do(FlashStep.OldAgent, stop, RemoveOldAgent);
        Do(FlashStep.Runtime, stop, WriteRuntime);
        Do(FlashStep.RuntimeCheck, stop, CheckRuntime);
        Do(FlashStep.Files, stop, DeployFiles, _request.Files == null ? "none were given (--files)" : null);
        Do(FlashStep.Network, stop, DeployNetwork, _request.Network == null ? "none were given (--network)" : null);
        Do(FlashStep.Agent, stop, WriteAgent);
        Do(FlashStep.AgentCheck, stop, CheckAgent);
        Do(FlashStep.Online, stop, AwaitNode, _firstBoot == null ? "nobody listens (--broker and --node)" : null);
    }

    /// <summary>Looks at the board: always, also when an earlier run did, for it could be another one.</summary>
    private void Begin(CancellationToken stop)
    {
        _view.Begin(FlashStep.Board);
        DeviceDetails chip = Guard(FlashStep.Board, () => Look(stop));
        (Board board, BoardModule module) = Guard(FlashStep.Board, () => BoardFinder.Find(BoardCatalog.BuiltIn, chip, _request.BoardId, _request.ModuleId));
        _board = board;
        _plan = new FlashPlan(_request, module, _nanoff, _esptool, new FlashPaths(_request.Folder, chip.Mac));
        Guard(FlashStep.Board, () => FlashChecks.Module(_request, board, module));
        Guard(FlashStep.Board, _plan.Prepare);
        bool goesOn = Resume(chip.Mac);
        if (!goesOn)
        {
            // Files make it another node: nothing of the one it was may stay, such as what that one has not sent yet.
            _state.Erase |= _request.Erase || _request.Files != null || !Guard(FlashStep.Board, () => RunsThisImage(stop));
            _state.BootBefore = _firstBoot?.Now();
        }

        _state.Write(Paths.Folder);
        _view.Done($"{board.Name} {module.Id}: {chip}; {(goesOn ? "an earlier run goes on" : _state.Erase ? "it will be erased" : "its settings and files stay")}");
    }

    private DeviceDetails Look(CancellationToken stop)
    {
        ToolResult result = _bench.Nanoff(_nanoff.ChipDetails(_request.Port), isWriting: false, stop);
        DeviceDetails chip = DeviceDetails.FromNanoff(result.Lines) ?? throw new HardwareException("nanoff told of no chip");
        if (chip.Mac.Length == 0)
        {
            throw new HardwareException("nanoff told no MAC address of the chip");
        }

        if (_esptool != null && DeviceDetails.FromEsptool(_bench.Esptool(_esptool.FlashId(_request.Port), stop).Lines) is { } second
            && (second.ChipType != chip.ChipType || second.FlashMegabytes != chip.FlashMegabytes))
        {
            throw new HardwareException($"nanoff sees {chip}, and esptool {second}");
        }

        return chip;
    }

    /// <summary>Whether the board runs the image it is to have, so that its settings can stay.</summary>
    private bool RunsThisImage(CancellationToken stop) =>
        _bench.TryNanoff(_nanoff.RuntimeDetails(_request.Port), stop) is { } result && RuntimeDetails.FromNanoff(result.Lines)?.Target == Module.Image;

    /// <returns>Whether there is something to go on with.</returns>
    private bool Resume(string mac)
    {
        string fingerprint = Fingerprint(mac);
        FlashState? earlier = FlashState.Read(Paths.Folder);
        if (earlier is { IsFinished: false } && earlier.Fingerprint == fingerprint && !_request.Restart)
        {
            _state = earlier;
            return true;
        }

        // What an unfinished run saved is still the board as it came, and what it left half done is to go.
        FlashState? unfinished = earlier is { IsFinished: false, IsBegun: true } ? earlier : null;
        _state = new FlashState { Fingerprint = fingerprint, IsBegun = unfinished != null, Backup = unfinished?.Backup, Erase = unfinished?.Erase ?? false };
        return false;
    }

    private void FetchImage(CancellationToken stop)
    {
        LockedImage image = _pinned.Find(Module.Image);
        _bench.Nanoff(_nanoff.Fetch(Module.Image, image.IsPinned ? image.Version : null, Paths.Archive), isWriting: false, stop);
        _package = ImagePackage.Find(Paths.Archive, image);
        _state.Version = _package.Version;
        FlashChecks.Pair(_request, _package, _board, Module, _pinned);
        _view.Done($"{_package.Target} {_package.Version} and the agent belong together");
    }

    /// <summary>Again after an earlier run, for files may have changed since.</summary>
    private void Compare() => Guard(FlashStep.Image, () =>
    {
        _package ??= ImagePackage.Find(Paths.Archive, _pinned.Find(Module.Image) with { Version = _state.Version! });
        FlashChecks.Pair(_request, _package, _board, Module, _pinned);
    });

    private void Backup(CancellationToken stop)
    {
        if (_state.Backup != null)
        {
            _view.Done($"of an earlier run, before it wrote: {Path.Combine(Paths.Folder, _state.Backup)}");
            return;
        }

        string name = Paths.NextBackup();
        string file = Path.Combine(Paths.Folder, name);
        _bench.Nanoff(_nanoff.Backup(_request.Port, Paths.Folder, name), isWriting: false, stop);
        long expected = (long)Module.FlashMegabytes << 20;
        if (!File.Exists(file) || new FileInfo(file).Length != expected)
        {
            File.Delete(file);
            throw new HardwareException($"the backup is not whole: {expected} bytes were expected in {file}");
        }

        _state.Backup = name;
        _view.Done($"{file} (it holds the board's secrets: keep it, or delete it, as such)");
    }

    private void Confirm()
    {
        string what = $"{Module.Image} {_state.Version} and the agent onto {_board.Name} at {_request.Port}{(_state.Erase ? ", after erasing all of it" : "")}";
        if (!_state.IsConfirmed && !_view.Confirm($"Write {what}?"))
        {
            throw new HardwareException("not confirmed: nothing was written, and the same command goes on from here");
        }

        _state.IsConfirmed = true;
    }

    private void RemoveOldAgent(CancellationToken stop)
    {
        _bench.Nanoff(_nanoff.Deploy(_request.Port, Module.Image, Paths.Empty, Module.Deployment.Offset), isWriting: true, stop);
        _view.Done("no agent starts until everything else is in its place");
    }

    private void WriteRuntime(CancellationToken stop)
    {
        _bench.Nanoff(_nanoff.Update(_request.Port, Module.Image, _state.Version!, Paths.Archive, _request.Runtime, _state.Erase), isWriting: true, stop);
        _view.Done(_request.Runtime ?? $"{Module.Image} {_state.Version}");
    }

    private void CheckRuntime(CancellationToken stop)
    {
        RuntimeDetails runtime = AskRuntime(stop);
        if (runtime.Target != Module.Image || (_request.Runtime == null && runtime.Version != _state.Version))
        {
            throw new HardwareException($"the board runs {runtime.Target} {runtime.Version}, not {Module.Image} {_state.Version}: the runtime was not written, or not to where it starts");
        }

        IReadOnlyList<string> problems = PairCheck.Runtime(_request.Image, runtime.Natives, _pinned);
        if (problems.Count > 0)
        {
            throw new HardwareException($"the agent would not start on it: {string.Join("; ", problems)}");
        }

        _view.Done($"{runtime.Target} {runtime.Version}, {runtime.Natives.Count} native assemblies");
    }

    private void DeployFiles(CancellationToken stop)
    {
        ToolResult result = _bench.Nanoff(_nanoff.DeployFiles(_request.Port, _request.Files!), isWriting: true, stop);
        if (NanoffTool.FailedFiles(result) is { Count: > 0 } failed)
        {
            throw new HardwareException($"nanoff ended well, but: {string.Join("; ", failed)}");
        }

        _view.Done(_request.Files!);
    }

    private void DeployNetwork(CancellationToken stop)
    {
        _bench.Nanoff(_nanoff.DeployNetwork(_request.Port, _request.Network!), isWriting: true, stop);
        _view.Done(_request.Network!);
    }

    private void WriteAgent(CancellationToken stop)
    {
        _bench.Nanoff(_nanoff.Deploy(_request.Port, Module.Image, Paths.Agent, Module.Deployment.Offset), isWriting: true, stop);
        _view.Done($"{_request.Image.Content.Length} bytes at 0x{Module.Deployment.Offset:X}");
    }

    private void CheckAgent(CancellationToken stop)
    {
        if (_esptool != null)
        {
            _bench.Esptool(_esptool.Verify(_request.Port, Module.Deployment.Offset, Paths.Agent), stop);
        }

        RuntimeDetails runtime = AskRuntime(stop);
        string[] missing =
        [
            .. _request.Image.Assemblies.Where(assembly => runtime.Assemblies.GetValueOrDefault(assembly.Name) != assembly.Version)
                .Select(assembly => $"{assembly.Name} {assembly.Version}"),
        ];
        if (missing.Length > 0)
        {
            throw new HardwareException($"the runtime has not loaded {string.Join(", ", missing)}: its log on the serial port says why");
        }

        _view.Done($"{_request.Image.Assemblies.Count} assemblies");
    }

    private void AwaitNode(CancellationToken stop) =>
        _view.Done(_firstBoot!.Await(_state.BootBefore, stop) ?? throw new HardwareException("it did not come: Wi-Fi, broker, certificates? hardware/troubleshooting.md goes on from here"));

    private RuntimeDetails AskRuntime(CancellationToken stop) =>
        RuntimeDetails.FromNanoff(_bench.NanoffWhenReady(_nanoff.RuntimeDetails(_request.Port), stop).Lines) ?? throw new HardwareException("the runtime told nothing of itself");

    private void Do(FlashStep step, CancellationToken stop, Action<CancellationToken> action, string? notNeeded = null)
    {
        if (_state.Done.Contains(step) || notNeeded != null)
        {
            _view.Skip(step, notNeeded ?? "done by an earlier run");
            _state.Done.Add(step);
            _state.Write(Paths.Folder);
            return;
        }

        stop.ThrowIfCancellationRequested();
        _view.Begin(step);
        _state.IsBegun |= step.Writes();
        _state.Write(Paths.Folder);
        Guard(step, () => action(stop));
        _state.Done.Add(step);
        _state.Write(Paths.Folder);
    }

    private void Guard(FlashStep step, Action action) => Guard(step, () =>
    {
        action();
        return true;
    });

    private T Guard<T>(FlashStep step, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is HardwareException or IOException or UnauthorizedAccessException)
        {
            throw new FlashException(step, e.Message, step.Aftermath(_state?.IsBegun ?? false));
        }
    }

    private string Fingerprint(string mac)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{mac} {_board.Id} {Module.Id} {_request.Erase}\n"));
        hash.AppendData(_request.Image.Content.Span);
        foreach (string? file in new[] { _request.Runtime, _request.Network, _request.Files })
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{file != null}\n"));
            hash.AppendData(file == null ? [] : File.ReadAllBytes(file));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
