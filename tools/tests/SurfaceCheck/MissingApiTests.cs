using GatewayAgent.SurfaceCheck;

namespace GatewayAgent.Tests.SurfaceCheck;

/// <summary>A member that the device does not have is named with its line.</summary>
public class MissingApiTests
{
    [SharedDataTheory]
    [InlineData("System.Array.Sort", "void M() { Array.Sort(numbers); }")]
    [InlineData("System.Array.Reverse", "void M() { Array.Reverse(numbers); }")]
    [InlineData("string.Replace", "string M(string text) => text.Replace('a', 'b');")]
    [InlineData("string.Replace", "string M(string text) => text?.Replace(\"a\", \"b\");")]
    [InlineData("string.Join", "string M(string[] words) => string.Join(\" \", words);")]
    [InlineData("string.IsNullOrWhiteSpace", "bool M(string text) => string.IsNullOrWhiteSpace(text);")]
    [InlineData("System.Environment.TickCount", "int M() => Environment.TickCount;")]
    [InlineData("System.Environment.NewLine", "string M() => Environment.NewLine;")]
    [InlineData("System.Threading.Monitor.Wait", "void M() { Monitor.Wait(numbers); }")]
    [InlineData("System.GC.GetTotalMemory", "long M() => GC.GetTotalMemory(false);")]
    [InlineData("System.DateTime.Now", "DateTime M() => DateTime.Now;")]
    [InlineData("System.Enum.Parse", "object M() => Enum.Parse(typeof(Colour), \"Red\");")]
    [InlineData("System.Threading.Thread.IsBackground", "void M(Thread thread) { thread.IsBackground = true; }")]
    public void A_missing_member_is_named(string member, string code) => AssertFound(Rule.MissingMember, member, code);

    [SharedDataTheory]
    [InlineData("Buffer", "void M() { Buffer.BlockCopy(numbers, 0, numbers, 0, 1); }")]
    [InlineData("MathF", "float M(float x) => MathF.Sqrt(x);")]
    [InlineData("ThreadPool", "void M() { ThreadPool.QueueUserWorkItem(null); }")]
    [InlineData("AppDomain", "object M() => AppDomain.CurrentDomain;")]
    [InlineData("DivideByZeroException", "int M(int x) { try { return 1 / x; } catch (DivideByZeroException) { return 0; } }")]
    public void A_missing_type_is_named(string type, string code) => AssertFound(Rule.MissingType, type, code);

    [SharedDataTheory]
    [InlineData("System.Console.WriteLine(int)", "void M() { Console.WriteLine(3); }")]
    [InlineData("System.Threading.Interlocked.Increment(long)", "long M(long x) => Interlocked.Increment(ref x);")]
    [InlineData("string.Substring(string)", "string M(string text) => text.Substring(\"a\");")]
    [InlineData("new System.TimeSpan(int)", "TimeSpan M() => new TimeSpan(1, 2, 3, 4, 5, 6);")]
    [InlineData("string.IndexOf(string, System.StringComparison)", "int M(string text) => text.IndexOf(\"a\", 1, 2, 3);")]
    public void A_missing_overload_is_named_with_what_the_device_has(string call, string code)
    {
        Finding finding = Assert.Single(Sample.Check(code));
        Assert.Equal((Rule.MissingOverload, Sample.MemberLine), (finding.Rule, finding.Line));
        Assert.StartsWith(call[..call.IndexOf('(')], finding.Subject);
        Assert.Contains("it has (", finding.Reason);
    }

    [SharedDataTheory]
    [InlineData("System.Math.Max(long, long)", "int M(long x) => (int)Math.Max(x, x);")]
    [InlineData("System.Math.Abs(long)", "int M(long x) => (int)Math.Abs(x);")]
    [InlineData("System.Math.Min(uint, uint)", "double M(uint x) => Math.Min(x, x);")]
    [InlineData("System.Text.StringBuilder..ctor(char)", "StringBuilder M(char x) => new StringBuilder(x);")]
    [InlineData("System.Text.StringBuilder..ctor(char)", "StringBuilder M(char x) => new(x);")]
    public void An_overload_that_would_change_the_value_is_named(string call, string code) => AssertFound(Rule.InexactOverload, call, code);

    [SharedDataFact]
    public void A_type_of_a_namespace_that_is_missing_is_found_at_its_using()
    {
        Finding finding = Assert.Single(Sample.CheckFile("namespace Other { }\nnamespace Sample { using System.Linq; class C { } }"));
        Assert.Equal((Rule.MissingType, 2, "System.Linq"), (finding.Rule, finding.Line, finding.Subject));
    }

    [SharedDataFact]
    public void A_finding_prints_as_a_place_that_editors_open()
    {
        Finding finding = Assert.Single(Sample.Check("void M() { Array.Sort(numbers); }"));
        Assert.Equal("Sample.cs:8:22: GW1002 System.Array.Sort: not in the device's API; sort in place by hand; the arrays are short", finding.ToString());
    }

    [SharedDataFact]
    public void A_mistake_of_ones_own_is_not_called_a_missing_api()
    {
        Finding finding = Assert.Single(Sample.Check("void M() { this.Nowhere(); }"));
        Assert.Equal((Rule.DoesNotCompile, "Class.Nowhere"), (finding.Rule, finding.Subject));
    }

    private static void AssertFound(Rule rule, string subject, string code)
    {
        Finding finding = Assert.Single(Sample.Check(code));
        Assert.Equal((rule, Sample.MemberLine, subject), (finding.Rule, finding.Line, finding.Subject));
    }
}
