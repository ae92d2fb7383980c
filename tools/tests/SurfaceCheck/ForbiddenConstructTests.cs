using GatewayAgent.SurfaceCheck;

namespace GatewayAgent.Tests.SurfaceCheck;

/// <summary>Each construct that does not compile for the device, or breaks on it, is found on its line and named.</summary>
public class ForbiddenConstructTests
{
    [SharedDataTheory]
    [InlineData(Rule.BclGenerics, "List<int>", "object M() => new System.Collections.Generic.List<int>();")]
    [InlineData(Rule.BclGenerics, "Span<byte>", "void M(Span<byte> bytes) { }")]
    [InlineData(Rule.Linq, "query expression", "object M() => from n in numbers select n;")]
    [InlineData(Rule.Async, "async", "async void M() { }")]
    [InlineData(Rule.Async, "await", "async void M() { await null; }")]
    [InlineData(Rule.Iterator, "yield", "IEnumerable M() { yield return 1; }")]
    [InlineData(Rule.NullableValue, "int?", "int? field;")]
    [InlineData(Rule.Tuple, "(1, 2)", "void M() { var pair = (1, 2); }")]
    [InlineData(Rule.Tuple, "(int, int)", "(int, int) M() => default;")]
    [InlineData(Rule.Record, "record Point", "record Point(int X);")]
    [InlineData(Rule.AnonymousType, "anonymous type", "object M() => new { X = 1 };")]
    [InlineData(Rule.Decimal, "decimal", "decimal field;")]
    [InlineData(Rule.Decimal, "1.5m", "object M() => 1.5m;")]
    [InlineData(Rule.Dynamic, "dynamic", "void M(dynamic x) { }")]
    [InlineData(Rule.IndexFromEnd, "^1", "int M() => numbers[^1];")]
    [InlineData(Rule.IndexFromEnd, "1..2", "object M() => numbers[1..2];")]
    [InlineData(Rule.Volatile, "volatile", "volatile int field;")]
    public void What_does_not_compile_is_named(Rule rule, string subject, string code) => AssertFound(rule, subject, code);

    [SharedDataTheory]
    [InlineData(Rule.OwnGenerics, "Box<T>", "class Box<T> { T value; }")]
    [InlineData(Rule.OwnGenerics, "Same<T>", "T Same<T>(T value) => value;")]
    [InlineData(Rule.GenericDelegate, "Func<int>", "Func<int> field;")]
    [InlineData(Rule.GenericDelegate, "EventHandler<EventArgs>", "event EventHandler<EventArgs> Changed;")]
    [InlineData(Rule.MultiDimensionalArray, "int[,]", "int[,] field;")]
    [InlineData(Rule.DefaultInterfaceMethod, "IShape.Area", "interface IShape { int Area() => 0; }")]
    [InlineData(Rule.Stackalloc, "stackalloc", "unsafe void M() { var bytes = stackalloc byte[4]; }")]
    [InlineData(Rule.BeginInvoke, "Maker.BeginInvoke", "void M(Maker maker) { maker.BeginInvoke(null, null); }")]
    [InlineData(Rule.UnsafeCode, "delegate*", "unsafe delegate*<int> pointer;")]
    [InlineData(Rule.UnsafeCode, "int*", "unsafe int* pointer;")]
    [InlineData(Rule.CheckedArithmetic, "checked", "int M(int x) => checked(x + 1);")]
    [InlineData(Rule.CheckedArithmetic, "checked", "void M() { checked { numbers[0]++; } }")]
    [InlineData(Rule.DivisionByZero, "/ 0", "double M(double x) => x / 0.0;")]
    [InlineData(Rule.EnumText, "Sample.Class.Colour as text", "string M(Colour c) => c.ToString();")]
    [InlineData(Rule.EnumText, "Sample.Class.Colour as text", "string M(Colour c) => \"colour \" + c;")]
    [InlineData(Rule.EnumText, "Sample.Class.Colour as text", "string M(Colour c) => $\"colour {c}\";")]
    [InlineData(Rule.EnumText, "Sample.Class.Colour as text", "string M(Colour c) => string.Format(\"{0}\", c);")]
    [InlineData(Rule.EnumText, "Sample.Class.Colour as text", "void M(StringBuilder text, Colour c) { text.Append(c); }")]
    [InlineData(Rule.UnguardedParse, "int.Parse", "int M(string text) => int.Parse(text);")]
    [InlineData(Rule.FloatToLong, "(long)x", "long M(double x) => (long)x;")]
    [InlineData(Rule.HugeArray, "new int[200000]", "object M() => new int[200000];")]
    [InlineData(Rule.UncaughtThread, "Work", "void M() { new Thread(Work).Start(); }")]
    [InlineData(Rule.UncaughtThread, "state => Work()", "object M() => new Timer(state => Work(), null, 0, 1);")]
    [InlineData(Rule.MainResult, "Main", "static int Main() => 0;")]
    public void What_breaks_on_the_device_is_named(Rule rule, string subject, string code) => AssertFound(rule, subject, code);

    [SharedDataTheory]
    [InlineData("int M(string text) { try { return int.Parse(text); } catch (Exception) { return 0; } }")]
    [InlineData("void M() { new Thread(Body).Start(); } void Body() { while (true) { try { Work(); } catch (Exception) { } Thread.Sleep(1); } }")]
    [InlineData("void M() { new Thread(new ThreadStart(Body)).Start(); } void Body() { Guarded(); } void Guarded() { try { Work(); } catch { } }")]
    [InlineData("string M(Colour c) => ((int)c).ToString();")]
    [InlineData("int M(double x) => (int)x;")]
    [InlineData("string M(int n, object o) => $\"{n:D3} of {o}\" + n;")]
    public void The_safe_form_beside_it_passes(string code) => Assert.Empty(Sample.Check(code));

    [SharedDataFact]
    public void Conditional_compilation_is_found()
    {
        Finding finding = Assert.Single(Sample.CheckFile("class C\n{\n#if DEVICE\n    int x;\n#endif\n}"));
        Assert.Equal((Rule.ConditionalCompilation, 3), (finding.Rule, finding.Line));
    }

    [SharedDataTheory]
    [InlineData("private int count;")]
    [InlineData("private int Count { get; set; }")]
    [InlineData("public Tests() { }")]
    public void A_test_class_with_state_of_its_own_is_found(string member)
    {
        Finding finding = Assert.Single(Sample.CheckFile($"using nanoFramework.TestFramework;\n[TestClass]\npublic class Tests\n{{\n{member}\n[TestMethod] public void M() {{ }}\n}}"));
        Assert.Equal((Rule.TestState, 5), (finding.Rule, finding.Line));
    }

    private static void AssertFound(Rule rule, string subject, string code)
    {
        IReadOnlyList<Finding> findings = Sample.Check(code);
        Assert.Contains(findings, finding => (finding.Rule, finding.Line, finding.Subject) == (rule, Sample.MemberLine, subject));
    }
}
