using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GatewayAgent.SurfaceCheck.Allocation;

/// <summary>The firmware's assemblies as one world: which methods a call may reach.</summary>
internal sealed class FirmwareCode
{
    private readonly Dictionary<string, TypeDefinition> _types = [];
    private readonly Dictionary<string, HashSet<string>> _ancestors = [];
    private readonly Dictionary<string, List<MethodDefinition>> _delegateTargets = [];
    private readonly Func<TypeReference, bool> _isExternalValueType;

    public FirmwareCode(IEnumerable<AssemblyDefinition> assemblies, Func<TypeReference, bool> isExternalValueType)
    {
        _isExternalValueType = isExternalValueType;
        foreach (TypeDefinition type in assemblies.SelectMany(assembly => assembly.Modules).SelectMany(module => module.GetTypes()))
        {
            _types.TryAdd(type.FullName, type);
        }

        foreach (MethodDefinition method in _types.Values.SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            CollectDelegates(method);
        }
    }

    public IEnumerable<MethodDefinition> Named(string name)
    {
        string[] parts = name.Split("::");
        return _types.TryGetValue(parts[0], out TypeDefinition? type) ? type.Methods.Where(method => method.Name == parts[^1]) : [];
    }

    /// <summary>The firmware's own definition of a called method; null when it is not firmware.</summary>
    public MethodDefinition? Find(MethodReference method)
    {
        string key = Signature(method);
        return _types.GetValueOrDefault(method.DeclaringType.GetElementType().FullName)?.Methods.FirstOrDefault(own => Signature(own) == key);
    }

    public bool IsValueType(TypeReference type) =>
        _types.TryGetValue(type.GetElementType().FullName, out TypeDefinition? own) ? own.IsValueType : type.IsPrimitive || _isExternalValueType(type);

    public bool IsEnum(TypeReference type) => _types.TryGetValue(type.FullName, out TypeDefinition? own) && own.IsEnum;

    /// <summary>Firmware methods that a virtual or interface call may land in, beside its static target.</summary>
    public IEnumerable<MethodDefinition> Implementations(MethodReference called)
    {
        string declaring = called.DeclaringType.GetElementType().FullName;
        return _types.Values.Where(type => type.FullName != declaring && Ancestors(type).Contains(declaring))
            .Select(type => Implementation(type, called)).OfType<MethodDefinition>().Distinct();
    }

    /// <summary>Firmware methods that are ever made into a delegate of this type.</summary>
    public IEnumerable<MethodDefinition> DelegateTargets(TypeReference type) => _delegateTargets.GetValueOrDefault(type.FullName) ?? [];

    private MethodDefinition? Implementation(TypeDefinition type, MethodReference called)
    {
        string key = Signature(called);
        for (TypeDefinition? current = type; current != null; current = current.BaseType == null ? null : _types.GetValueOrDefault(current.BaseType.FullName))
        {
            MethodDefinition? found = current.Methods.FirstOrDefault(method => method.Overrides.Any(overridden => overridden.DeclaringType.FullName == called.DeclaringType.FullName && Signature(overridden) == key))
                ?? current.Methods.FirstOrDefault(method => method.IsVirtual && Signature(method) == key);
            if (found != null)
            {
                return found;
            }
        }

        return null;
    }

    private HashSet<string> Ancestors(TypeDefinition type)
    {
        if (!_ancestors.TryGetValue(type.FullName, out HashSet<string>? names))
        {
            _ancestors.Add(type.FullName, names = []);
            foreach (TypeReference parent in type.Interfaces.Select(item => item.InterfaceType).Append(type.BaseType).OfType<TypeReference>())
            {
                names.Add(parent.FullName);
                names.UnionWith(_types.TryGetValue(parent.FullName, out TypeDefinition? own) ? Ancestors(own) : []);
            }
        }

        return names;
    }

    private void CollectDelegates(MethodDefinition method)
    {
        foreach (Instruction instruction in method.Body.Instructions.Where(IsFunctionPointer))
        {
            if (instruction.Next?.Operand is MethodReference { Name: ".ctor" } constructor && Find((MethodReference)instruction.Operand) is { } target)
            {
                string type = constructor.DeclaringType.FullName;
                _delegateTargets.TryAdd(type, []);
                _delegateTargets[type].Add(target);
            }
        }
    }

    public static bool IsFunctionPointer(Instruction instruction) => instruction.OpCode.Code is Code.Ldftn or Code.Ldvirtftn;

    private static string Signature(MethodReference method) => method.Name + "(" + string.Join(",", method.Parameters.Select(parameter => parameter.ParameterType.FullName)) + ")";
}
