using GatewayAgent.SurfaceCheck;

namespace GatewayAgent.Tests.SurfaceCheck;

/// <summary>Device project and host project mean the same files and packages.</summary>
public sealed class ProjectCheckTests : IDisposable
{
    private const string Device = """
        <Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
          <ItemGroup>
            <Compile Include="One.cs" />
            <Compile Include="Sub\Two.cs" />
          </ItemGroup>
          <ItemGroup>
            <Reference Include="mscorlib, Version=1.17.11.0, Culture=neutral"><HintPath>..\..\packages\nanoFramework.CoreLibrary.1.17.11\lib\mscorlib.dll</HintPath></Reference>
          </ItemGroup>
        </Project>
        """;

    private const string Packages = """<packages><package id="nanoFramework.CoreLibrary" version="1.17.11" targetFramework="netnano1.0" /></packages>""";

    private readonly TemporaryFolder _folder = new();

    public ProjectCheckTests()
    {
        _folder.Write("firmware/Part/One.cs", "class One { }");
        _folder.Write("firmware/Part/Sub/Two.cs", "class Two { }");
        _folder.Write("firmware/Part/obj/Generated.cs", "class Generated { }");
        _folder.Write("firmware/Part/Part.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
        _folder.Write("firmware/Part/Part.nfproj", Device);
        _folder.Write("firmware/Part/packages.config", Packages);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Equal_projects_pass_and_build_output_is_no_source() => Assert.Empty(Run());

    [Fact]
    public void A_file_that_the_device_project_does_not_list_is_named()
    {
        _folder.Write("firmware/Part/Sub/Three.cs", "class Three { }");
        AssertSingle(Rule.SourceList, "firmware/Part/Sub/Three.cs");
    }

    [Fact]
    public void A_listed_file_that_does_not_exist_is_named_with_its_line()
    {
        File.Delete(Path.Combine(_folder.Path, "firmware/Part/One.cs"));
        Finding finding = AssertSingle(Rule.SourceList, "firmware/Part/One.cs");
        Assert.Equal(("firmware/Part/Part.nfproj", 3), (finding.File, finding.Line));
    }

    [Fact]
    public void A_file_that_the_host_project_removes_is_named()
    {
        _folder.Write("firmware/Part/Part.csproj", """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><Compile Remove="Sub\**\*.cs" /></ItemGroup></Project>""");
        AssertSingle(Rule.SourceList, "firmware/Part/Sub/Two.cs");
    }

    [Fact]
    public void A_file_that_only_the_host_project_takes_from_elsewhere_is_named()
    {
        _folder.Write("firmware/Part/Part.csproj", """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><Compile Include="..\Shared.cs" /></ItemGroup></Project>""");
        AssertSingle(Rule.SourceList, "firmware/Shared.cs");
    }

    [Fact]
    public void A_version_that_is_not_pinned_is_named()
    {
        _folder.Write("firmware/Part/packages.config", Packages.Replace("1.17.11", "1.17.10"));
        AssertSingle(Rule.PackageVersion, "nanoFramework.CoreLibrary");
    }

    [Fact]
    public void A_package_that_nobody_pinned_is_named()
    {
        _folder.Write("firmware/Part/packages.config", Packages.Replace("</packages>", """<package id="Other" version="1.0.0" targetFramework="netnano1.0" /></packages>"""));
        AssertSingle(Rule.PackageVersion, "Other");
    }

    [Fact]
    public void A_hint_path_to_another_version_is_named()
    {
        _folder.Write("firmware/Part/Part.nfproj", Device.Replace("CoreLibrary.1.17.11", "CoreLibrary.1.15.5"));
        AssertSingle(Rule.PackageReference, "mscorlib");
    }

    [Fact]
    public void A_package_without_a_reference_and_a_reference_without_a_package_are_named()
    {
        _folder.Write("firmware/Part/Part.nfproj", Device.Replace("mscorlib", "System.Math"));
        Assert.Equal(["System.Math", "mscorlib"], Run().Where(finding => finding.Rule == Rule.PackageReference).Select(finding => finding.Subject).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_project_reference_on_one_side_only_is_named()
    {
        _folder.Write("firmware/Part/Part.csproj", """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><ProjectReference Include="..\Base\Base.csproj" /><ProjectReference Include="..\..\tools\NanoHost\NanoHost.csproj" /></ItemGroup></Project>""");
        AssertSingle(Rule.ProjectReference, "firmware/Base");
    }

    [Fact]
    public void A_folder_without_a_device_project_is_named()
    {
        File.Delete(Path.Combine(_folder.Path, "firmware/Part/Part.nfproj"));
        AssertSingle(Rule.ProjectFileMissing, ".nfproj");
    }

    [Fact]
    public void Two_names_for_the_assembly_are_named()
    {
        _folder.Write("firmware/Part/Part.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><AssemblyName>Other</AssemblyName></PropertyGroup></Project>""");
        AssertSingle(Rule.AssemblyName, "(none)");
    }

    [Fact]
    public void A_device_project_that_asks_for_checked_arithmetic_is_named()
    {
        _folder.Write("firmware/Part/Part.nfproj", Device.Replace("</Project>", "<PropertyGroup><CheckForOverflowUnderflow>true</CheckForOverflowUnderflow></PropertyGroup></Project>"));
        AssertSingle(Rule.CheckedArithmetic, "CheckForOverflowUnderflow");
    }

    private Finding AssertSingle(Rule rule, string subject)
    {
        Finding finding = Assert.Single(Run());
        Assert.Equal((rule, subject), (finding.Rule, finding.Subject));
        return finding;
    }

    private IReadOnlyList<Finding> Run() => FirmwareCheck.RunProjects(_folder.Path);
}
