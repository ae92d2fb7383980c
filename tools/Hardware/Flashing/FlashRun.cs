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
    private ImageSource _images = null!;
    private ImagePackage? _package;

    /// <param name="request">What to flash.</param>
    /// <param name="pinned">Which images and packages belong together.</param>
    /// <param name="nanoff">Does it.</param>
    /// <param name="esptool">A second opinion; null = none.</param>
    /// <param name="view">Shows it.</param>
    /// <param name="firstBoot">Watches the first start; null = nobody does.</param>
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
        using IDisposable mine = PortLock.Take(_request.Folder, _request.Port);

        // Before the board is looked at, for that restarts it.
        uint? boot = _firstBoot?.Now();
        Begin(boot, stop);
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
        Do(FlashStep.Online, stop, WatchStart, _firstBoot == null ? "nobody watches" : null);
    }

    /// <summary>Looks at the board: always, also when an earlier run did, for it could be another one.</summary>
    private void Begin(uint? boot, CancellationToken stop)
    {
        _view.Begin(FlashStep.Board);
        DeviceDetails chip = Guard(FlashStep.Board, () => Look(stop));
        (Board board, BoardModule module) = Guard(FlashStep.Board, () => BoardFinder.Find(BoardCatalog.BuiltIn, chip, _request.BoardId, _request.ModuleId));
        _board = board;
        _plan = new FlashPlan(_request, module, _nanoff, _esptool, new FlashPaths(_request.Folder, chip.Mac));
        _images = new ImageSource(_view, _bench, _nanoff, _pinned.Find(module.Image), Paths.Archive);
        Guard(FlashStep.Board, () => FlashChecks.Module(_request, board, module));
        Guard(FlashStep.Board, _plan.Prepare);
        string how = Guard(FlashStep.Board, () => Resume(FlashJob.Fingerprint(_request, board, module, chip.Mac), stop));
        if (_firstBoot?.Node is { } node && node != _state.Awaited)
        {
            (_state.Awaited, _state.BootBefore) = (node, boot);
        }

        Guard(FlashStep.Board, Keep);
        _view.Done($"{board.Name} {module.Id}: {chip}; {how}");
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
            && (second.ChipType != chip.ChipType || (second.FlashMegabytes != 0 && second.FlashMegabytes != chip.FlashMegabytes)))
        {
            throw new HardwareException($"nanoff sees {chip}, and esptool {second}");
        }

        return chip;
    }

    /// <summary>Takes up an earlier run, or begins anew.</summary>
    /// <returns>In words, which of it.</returns>
    private string Resume(string fingerprint, CancellationToken stop)
    {
        FlashState? unfinished = FlashState.Read(Paths.Folder) is { IsFinished: false } found ? found : null;
        if (unfinished?.Fingerprint == fingerprint && !_request.Restart)
        {
            _state = unfinished;
            FlashJob.Recheck(_state, Paths, _images);
            return "an earlier run goes on";
        }

        (_state, string how) = FlashJob.Begin(_request, fingerprint, unfinished);
        if (!_state.Erase)
        {
            (_state.Erase, how) = RunsAnother(stop) is { } other ? (true, $"{how}it will be erased, for {other}") : (false, $"{how}its settings and files stay");
        }

        return how;
    }

    /// <summary>Asked again and again: a node that only takes its time is not to lose what it holds.</summary>
    /// <returns>In words, what keeps the board's settings from staying; null = it runs the image it is to have.</returns>
    private string? RunsAnother(CancellationToken stop)
    {
        RuntimeDetails? runtime = _bench.TryNanoffWhenReady(_nanoff.RuntimeDetails(_request.Port), stop) is { } result ? RuntimeDetails.FromNanoff(result.Lines) : null;
        return runtime == null ? "no runtime answers" : runtime.Target == Module.Image ? null : $"it runs {runtime.Target}";
    }

    private void FetchImage(CancellationToken stop)
    {
        (_package, string? trouble) = _images.Fetch(stop);
        _state.Version = _package.Version;
        FlashChecks.Pair(_request, _package, _board, Module, _pinned);
        _view.Done($"{_package.Target} {_package.Version} and the agent belong together{(trouble == null ? "" : $" (fetched earlier; now: {trouble})")}");
    }

    /// <summary>Again after an earlier run, for files may have changed since. What is on the board already is asked for its pair itself.</summary>
    private void Compare() => Guard(FlashStep.Image, () =>
    {
        if ((_package ?? _images.Find(_state.Version!)) is { } package)
        {
            FlashChecks.Pair(_request, package, _board, Module, _pinned);
        }
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
        try
        {
            _bench.Nanoff(_nanoff.Backup(_request.Port, Paths.Folder, name), isWriting: false, stop);
            long expected = (long)Module.FlashMegabytes << 20;
            _state.Backup = File.Exists(file) && new FileInfo(file).Length == expected
                ? name
                : throw new HardwareException($"the backup is not whole: {expected} bytes were expected in {file}");
        }
        finally
        {
            if (_state.Backup == null)
            {
                // Half a backup helps nobody, and holds secrets all the same.
                File.Delete(file);
            }
        }

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
        using IDisposable mine = _images.TakeCache(stop);
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
            throw new HardwareException($"the runtime has not loaded {string.Join(", ", missing)}: its log says why (./gw monitor --port {_request.Port} --restart)");
        }

        _view.Done($"{_request.Image.Assemblies.Count} assemblies");
    }

    private void WatchStart(CancellationToken stop) => _view.Done(_firstBoot!.Await(_state.BootBefore, stop));

    private RuntimeDetails AskRuntime(CancellationToken stop) =>
        RuntimeDetails.FromNanoff(_bench.NanoffWhenReady(_nanoff.RuntimeDetails(_request.Port), stop).Lines) ?? throw new HardwareException("the runtime told nothing of itself");

    private void Do(FlashStep step, CancellationToken stop, Action<CancellationToken> action, string? notNeeded = null)
    {
        if (_state.Done.Contains(step) || notNeeded != null)
        {
            _view.Skip(step, notNeeded ?? "done by an earlier run");
        }
        else
        {
            stop.ThrowIfCancellationRequested();
            _view.Begin(step);
            Guard(step, () => NoteBegun(step));
            Guard(step, () => action(stop));
        }

        _state.Done.Add(step);
        Guard(step, Keep);
    }

    private void NoteBegun(FlashStep step)
    {
        if (step.Writes())
        {
            _state.IsBegun = true;
            _state.Begun.Add(step);
        }

        Keep();
    }

    private void Keep() => _state.Write(Paths.Folder);

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
            throw new FlashException(step, e.Message, FlashSteps.Aftermath(_state));
        }
    }
}
