using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;

namespace nanoFramework.TestFramework;

/// <summary>
/// Calls a method as the device's launcher does, an instance method with this == null, which reflection refuses: so a test that
/// leans on instance state fails here as it would there.
/// </summary>
internal static class NullThisCall
{
    /// <param name="arguments">Numbers are converted to the parameter's type where that loses nothing.</param>
    public static void Invoke(MethodInfo method, object[] arguments)
    {
        ParameterInfo[] parameters = method.GetParameters();
        if (parameters.Length != arguments.Length)
        {
            throw new ArgumentException($"{method.Name} takes {parameters.Length} arguments and gets {arguments.Length}");
        }

        object[] converted = arguments.Select((argument, i) => Convert(argument, parameters[i].ParameterType)).ToArray();
        Compile(method, parameters)(converted);
    }

    private static Action<object[]> Compile(MethodInfo method, ParameterInfo[] parameters)
    {
        var caller = new DynamicMethod(method.Name, typeof(void), [typeof(object[])], method.DeclaringType.Module, skipVisibility: true);
        ILGenerator code = caller.GetILGenerator();
        if (!method.IsStatic)
        {
            code.Emit(OpCodes.Ldnull);
        }

        for (int i = 0; i < parameters.Length; i++)
        {
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldc_I4, i);
            code.Emit(OpCodes.Ldelem_Ref);
            code.Emit(OpCodes.Unbox_Any, parameters[i].ParameterType);
        }

        code.Emit(OpCodes.Call, method);
        if (method.ReturnType != typeof(void))
        {
            code.Emit(OpCodes.Pop);
        }

        code.Emit(OpCodes.Ret);
        return caller.CreateDelegate<Action<object[]>>();
    }

    private static object Convert(object argument, Type type) =>
        argument == null || type.IsInstanceOfType(argument) || type.IsEnum
            ? argument
            : System.Convert.ChangeType(argument, type, CultureInfo.InvariantCulture);
}
