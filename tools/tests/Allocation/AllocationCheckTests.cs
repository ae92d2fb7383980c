using GatewayAgent.SurfaceCheck;
using GatewayAgent.SurfaceCheck.Allocation;

namespace GatewayAgent.Tests.Allocation;

/// <summary>Each way to allocate is found, wherever the tick reaches it.</summary>
public class AllocationCheckTests
{
    [Theory]
    [InlineData(Rule.AllocatesObject, "new Object", "public void Tick() { any = new object(); }")]
    [InlineData(Rule.AllocatesArray, "new Int32[]", "public void Tick() { kept = new int[3]; }")]
    [InlineData(Rule.Boxes, "Int32", "public void Tick() { any = field; }")]
    [InlineData(Rule.Boxes, "Colour.ToString", "Colour colour; public void Tick() { colour.ToString(); }")]
    [InlineData(Rule.BuildsString, "System.String.Concat", "string text = null; public void Tick() { text += text; }")]
    [InlineData(Rule.BuildsString, "System.String.Format", "string text = null; public void Tick() { text = string.Format(text, any); }")]
    [InlineData(Rule.BuildsString, "System.Int32.ToString", "public void Tick() { field.ToString(); }")]
    [InlineData(Rule.BoxingEnumerator, "System.Collections.IEnumerable.GetEnumerator", "System.Collections.ArrayList list = null; public void Tick() { foreach (object o in (System.Collections.IEnumerable)list) { } }")]
    [InlineData(Rule.Closure, "Sample::Tick", "public void Tick() { int x = field; Run(() => x++); } void Run(Action action) { }")]
    [InlineData(Rule.AllocatesDelegate, "Action", "public void Tick() { Run(Tock); } void Tock() { } void Run(Action action) { }")]
    [InlineData(Rule.UnknownCall, "System.Guid.NewGuid", "public void Tick() { Guid.NewGuid(); }")]
    [InlineData(Rule.StructOnHeap, "new Pair", "Pair pair; public void Tick() { pair = new Pair(1); }")]
    [InlineData(Rule.StructOnHeap, "Pair", "public void Tick() { Pair pair; pair.A = field; pair.B = 1; field = pair.A + Sum(ref pair); } int Sum(ref Pair pair) => pair.B;")]
    [InlineData(Rule.StringLiteral, "\"a\"", "string text; public void Tick() { text = \"a\"; }")]
    public void Each_kind_is_found_on_its_line(Rule rule, string subject, string members)
    {
        Finding finding = Assert.Single(CompiledSample.Walk(members).Findings, finding => finding.Rule == rule);
        Assert.Equal((subject, CompiledSample.MemberLine), (finding.Subject, finding.Line));
    }

    [Theory]
    [InlineData("public void Tick() { for (int i = 0; i < kept.Length; i++) { kept[i] += Math.Min(i, field); } }")]
    [InlineData("public void Tick() { foreach (int n in kept) { field += n; } Array.Clear(kept, 0, 1); Array.Copy(kept, 0, kept, 1, 1); }")]
    [InlineData("public void Tick() { lock (any) { System.Threading.Interlocked.Increment(ref field); } }")]
    [InlineData("static readonly string Text = \"a\"; public void Tick() { field = Text.Length + Text[0]; }")]
    [InlineData("Quiet part = null; public void Tick() { part.Run(); } public void Elsewhere() { any = new object(); }")]
    public void Code_that_does_not_allocate_passes(string members)
    {
        AllocationReport report = CompiledSample.Walk(members);
        Assert.Empty(report.Findings);
        Assert.Empty(report.Cold);
    }

    [Theory]
    [InlineData("public void Tick() { Helper(); } void Helper() { Deeper(); } void Deeper() { any = new object(); }", "Sample::Tick → Sample::Helper → Sample::Deeper")]
    [InlineData("IPart part = null; public void Tick() { part.Run(); }", "Sample::Tick → Loud::Run")]
    [InlineData("Action kept2 = null; public Sample() { kept2 = Tock; } public void Tick() { kept2(); } void Tock() { any = new object(); }", "Sample::Tick → Sample::Tock")]
    [InlineData("public int Value { get { any = new object(); return 1; } } public void Tick() { field = Value; }", "Sample::Tick → Sample::get_Value")]
    public void The_way_from_the_root_is_told(string members, string path)
    {
        Finding finding = Assert.Single(CompiledSample.Walk(members).Findings, finding => finding.Rule == Rule.AllocatesObject);
        Assert.EndsWith("reached by " + path, finding.Reason);
    }

    [Theory]
    [InlineData("public void Tick() { if (field > 3) { throw new Exception(); } }", 1)]
    [InlineData("public void Tick() { if (field > 3) { throw new Exception(\"at \" + field + (field > 5 ? \"!\" : \"?\")); } }", 8)]
    [InlineData("public void Tick() { if (field > 3) { Fail(); } } void Fail() { throw new Exception(); }", 1)]
    public void What_leads_to_a_throw_is_listed_apart(string members, int cold)
    {
        AllocationReport report = CompiledSample.Walk(members);
        Assert.Empty(report.Findings);
        Assert.InRange(report.Cold.Count, 1, cold);
    }

    [Fact]
    public void A_catch_block_is_ordinary_code() =>
        Assert.Single(CompiledSample.Walk("public void Tick() { try { field++; } catch (Exception) { any = new object(); } }").Findings);

    [Fact]
    public void The_walk_does_not_enter_a_boundary()
    {
        const string Members = "public void Tick() { Publish(); } void Publish() { any = new object(); }";
        Assert.Single(CompiledSample.Walk(Members).Findings);
        Assert.Empty(CompiledSample.Walk(Members, "Sample::Publish").Findings);
    }

    [Fact]
    public void A_root_that_was_renamed_is_a_finding_and_not_a_silent_pass()
    {
        Finding finding = Assert.Single(CompiledSample.Walk("public void Tock() { }").Findings);
        Assert.Equal((Rule.RootMissing, "Sample::Tick"), (finding.Rule, finding.Subject));
    }
}
