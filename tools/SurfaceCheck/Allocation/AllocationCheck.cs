using GatewayAgent.SurfaceCheck.Api;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GatewayAgent.SurfaceCheck.Allocation;

/// <summary>
/// Walks the code that the roots reach (calls, every override and implementation in the firmware, delegates that are made anywhere in it) and reports
/// what allocates, on .NET or on nanoCLR, where string literals and struct locals are heap objects too. Static constructors are left out: they run once. The walk over-estimates: an implementation that is never composed is walked too.
/// </summary>
public sealed class AllocationCheck
{
    private readonly FirmwareCode _code;
    private readonly AllocationRoots _roots;
    private readonly Queue<MethodDefinition> _queue = new();
    private readonly Dictionary<MethodDefinition, MethodDefinition?> _callers = [];
    private readonly List<Finding> _findings = [];
    private readonly List<Finding> _cold = [];

    private AllocationCheck(FirmwareCode code, AllocationRoots roots)
    {
        _code = code;
        _roots = roots;
    }

    /// <summary>Checks assemblies as the device's compiler writes them (see <see cref="Source.SurfaceCompilation.Image"/>).</summary>
    public static AllocationReport Run(IEnumerable<byte[]> images, DeviceApi api, AllocationRoots roots)
    {
        var assemblies = images.Select(image => AssemblyDefinition.ReadAssembly(new MemoryStream(image), Symbols())).ToList();
        return new AllocationCheck(new FirmwareCode(assemblies, type => api.IsValueType(type.FullName.Replace('/', '.'))), roots).Run();
    }

    /// <summary>Checks assemblies that were built for the host. Their PDBs give the lines, where there are any.</summary>
    public static AllocationReport Run(IEnumerable<string> assemblyPaths, AllocationRoots roots)
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        var assemblies = assemblyPaths.Select(path => AssemblyDefinition.ReadAssembly(path, Symbols(resolver))).ToList();
        return new AllocationCheck(new FirmwareCode(assemblies, type => type.Resolve()?.IsValueType == true), roots).Run();
    }

    private static ReaderParameters Symbols(IAssemblyResolver? resolver = null) => new()
    {
        AssemblyResolver = resolver ?? new DefaultAssemblyResolver(),
        ReadSymbols = true,
        SymbolReaderProvider = new DefaultSymbolReaderProvider(throwIfNoSymbol: false),
    };

    private AllocationReport Run()
    {
        foreach (string name in _roots.Roots.Concat(_roots.Boundaries).Where(name => !_code.Named(name).Any()))
        {
            _findings.Add(new Finding("tools/SurfaceCheck/AllocationRoots.txt", 0, 0, Rule.RootMissing, name, "the firmware has no such method"));
        }

        foreach (MethodDefinition root in _roots.Roots.SelectMany(_code.Named))
        {
            Enqueue(root, null);
        }

        while (_queue.TryDequeue(out MethodDefinition? method))
        {
            Walk(method);
        }

        return new AllocationReport(_findings, _cold, _callers.Count);
    }

    private void Enqueue(MethodDefinition method, MethodDefinition? caller)
    {
        if (!_roots.Boundaries.Contains(Name(method)) && _callers.TryAdd(method, caller))
        {
            _queue.Enqueue(method);
        }
    }

    private void Walk(MethodDefinition method)
    {
        if (!method.HasBody)
        {
            return;
        }

        foreach (VariableDefinition local in method.Body.Variables.Where(local => IsOwnStruct(local.VariableType)))
        {
            Report(_findings, method, method.Body.Instructions[0], Rule.StructOnHeap, local.VariableType.Name, "nanoCLR makes an object for a struct local at each call; use plain locals or a kept object");
        }

        HashSet<Instruction> cold = ColdCode.Find(method.Body);
        foreach (Instruction instruction in method.Body.Instructions)
        {
            List<Finding> target = cold.Contains(instruction) ? _cold : _findings;
            Inspect(method, instruction, target);
            if (target != _cold && instruction.Operand is MethodReference called)
            {
                Follow(method, instruction, called);
            }
        }
    }

    private void Inspect(MethodDefinition method, Instruction instruction, List<Finding> target)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Newobj:
                InspectCreation(method, instruction, (MethodReference)instruction.Operand, target);
                break;
            case Code.Newarr:
                Report(target, method, instruction, Rule.AllocatesArray, $"new {((TypeReference)instruction.Operand).Name}[]", "allocates an array");
                break;
            case Code.Box:
                Report(target, method, instruction, Rule.Boxes, ((TypeReference)instruction.Operand).Name, "is boxed");
                break;
            case Code.Ldstr:
                Report(target, method, instruction, Rule.StringLiteral, $"\"{instruction.Operand}\"", "nanoCLR makes an object each time; keep it in a static readonly field");
                break;
            case Code.Call or Code.Callvirt:
                InspectCall(method, instruction, (MethodReference)instruction.Operand, target);
                break;
        }
    }

    private void InspectCreation(MethodDefinition method, Instruction instruction, MethodReference constructor, List<Finding> target)
    {
        TypeReference type = constructor.DeclaringType;
        if (instruction.Previous is { } previous && FirmwareCode.IsFunctionPointer(previous))
        {
            Report(target, method, instruction, Rule.AllocatesDelegate, type.Name, "creates a delegate; keep it in a static readonly field");
        }
        else if (type.Name.Contains("DisplayClass"))
        {
            Report(target, method, instruction, Rule.Closure, Name(method), "a lambda captures variables; pass them as fields");
        }
        else if (!_code.IsValueType(type))
        {
            Report(target, method, instruction, Rule.AllocatesObject, $"new {type.Name}", "allocates an object");
        }
        else if (IsOwnStruct(type))
        {
            Report(target, method, instruction, Rule.StructOnHeap, $"new {type.Name}", "nanoCLR makes an object for a struct; fill a kept object");
        }
    }

    private void InspectCall(MethodDefinition method, Instruction instruction, MethodReference called, List<Finding> target)
    {
        if (instruction.Previous is { OpCode.Code: Code.Constrained } prefix && _code.IsValueType((TypeReference)prefix.Operand) && BoxesReceiver((TypeReference)prefix.Operand, called))
        {
            Report(target, method, instruction, Rule.Boxes, $"{((TypeReference)prefix.Operand).Name}.{called.Name}", "its receiver is boxed");
        }
        else if (_code.Find(called) == null && !AllowedCalls.Contains(called) && !HasFirmwareTarget(called))
        {
            (Rule rule, string reason) = Describe(called);
            Report(target, method, instruction, rule, $"{called.DeclaringType.FullName}.{called.Name}", reason);
        }
    }

    private static (Rule Rule, string Reason) Describe(MethodReference called) => (called.DeclaringType.FullName, called.Name) switch
    {
        ("System.String", _) or ("System.Text.StringBuilder", _) or ("System.Runtime.CompilerServices.DefaultInterpolatedStringHandler", _) or (_, "ToString") => (Rule.BuildsString, "builds a string"),
        (_, "GetEnumerator") => (Rule.BoxingEnumerator, "allocates an enumerator; index with for"),
        _ => (Rule.UnknownCall, "not known not to allocate (AllowedCalls.cs)"),
    };

    private void Follow(MethodDefinition method, Instruction instruction, MethodReference called)
    {
        if (_code.Find(called) is { } own)
        {
            Enqueue(own, method);
        }

        if (instruction.OpCode.Code is Code.Callvirt or Code.Ldvirtftn || instruction.Previous?.OpCode.Code == Code.Constrained)
        {
            foreach (MethodDefinition implementation in _code.Implementations(called))
            {
                Enqueue(implementation, method);
            }
        }

        if (called.Name == "Invoke")
        {
            foreach (MethodDefinition target in _code.DelegateTargets(called.DeclaringType))
            {
                Enqueue(target, method);
            }
        }
    }

    /// <summary>A call through an interface or delegate of the library: harmless by itself when it can only land in the firmware, which is walked.</summary>
    private bool HasFirmwareTarget(MethodReference called) =>
        called.DeclaringType.FullName != "System.Object" && (_code.Implementations(called).Any() || (called.Name == "Invoke" && _code.DelegateTargets(called.DeclaringType).Any()));

    // A struct's own override is called in place; one that it inherits needs an object.
    private bool BoxesReceiver(TypeReference type, MethodReference called) =>
        _code.IsEnum(type) || (IsOwnStruct(type) && type.Resolve()?.Methods.All(method => method.Name != called.Name) == true);

    private bool IsOwnStruct(TypeReference type) => type is TypeDefinition { IsValueType: true, IsEnum: false } && _code.IsValueType(type);

    private void Report(List<Finding> list, MethodDefinition method, Instruction instruction, Rule rule, string subject, string reason)
    {
        var points = method.DebugInformation.SequencePoints.Where(point => !point.IsHidden).ToList();
        SequencePoint? point = points.LastOrDefault(point => point.Offset <= instruction.Offset) ?? points.FirstOrDefault();
        list.Add(new Finding(point?.Document.Url ?? method.Module.Name, point?.StartLine ?? 0, point?.StartColumn ?? 0, rule, subject, $"{reason}; reached by {PathTo(method)}"));
    }

    private string PathTo(MethodDefinition method)
    {
        var path = new Stack<string>();
        for (MethodDefinition? at = method; at != null; at = _callers[at])
        {
            path.Push(Name(at));
        }

        return string.Join(" → ", path);
    }

    private static string Name(MethodDefinition method) => $"{method.DeclaringType.FullName}::{method.Name}";
}
