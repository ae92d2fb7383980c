using Mono.Cecil.Cil;

namespace GatewayAgent.SurfaceCheck.Allocation;

/// <summary>
/// Instructions that can only lead to a <c>throw</c>. A throw is no steady state: it allocates its exception by nature, and rule 7 of the design makes it
/// visible where it is caught. So what is prepared for it (the exception, its message) is listed apart and not refused. "Directly before the throw" would
/// be too narrow: a message with a conditional part spans several blocks. Catch blocks are ordinary code.
/// </summary>
internal static class ColdCode
{
    public static HashSet<Instruction> Find(MethodBody body)
    {
        var cold = new HashSet<Instruction>();
        bool grown = true;
        while (grown)
        {
            grown = false;
            foreach (Instruction instruction in body.Instructions.Reverse())
            {
                grown |= !cold.Contains(instruction) && LeadsToThrow(instruction, cold) && cold.Add(instruction);
            }
        }

        return cold;
    }

    private static bool LeadsToThrow(Instruction instruction, HashSet<Instruction> cold) => instruction.OpCode.FlowControl switch
    {
        FlowControl.Throw => true,
        FlowControl.Return => false,
        FlowControl.Branch => cold.Contains((Instruction)instruction.Operand),
        FlowControl.Cond_Branch => Targets(instruction).All(cold.Contains) && cold.Contains(instruction.Next),
        _ => instruction.Next != null && cold.Contains(instruction.Next),
    };

    private static Instruction[] Targets(Instruction instruction) => instruction.Operand as Instruction[] ?? [(Instruction)instruction.Operand];
}
