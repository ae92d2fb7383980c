using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GatewayAgent.Hardware;
using GatewayAgent.Hardware.Boards;
using GatewayAgent.Hardware.Images;
using GatewayAgent.SurfaceCheck.Projects;

namespace GatewayAgent.Tests.Hardware;

public sealed partial class ImagesLockTests
{
    /// <summary>Assemblies that only tests on a device have.</summary>
    private const string TestPackage = "nanoFramework.TestFramework";

    [Fact]
    public void The_lock_and_the_pinned_packages_are_the_same()
    {
        string[] pinned = [.. PinnedPackages.All.Values.Where(package => package.Id != TestPackage).Select(package => $"{package.Id} {package.Version}: {string.Join(' ', package.Assemblies)}").Order()];
        string[] locked = [.. ImagesLock.BuiltIn.Packages.Select(package => $"{package.Id} {package.Version}: {string.Join(' ', package.Assemblies.Select(assembly => assembly.Name))}").Order()];
        Assert.Equal(pinned, locked);
    }

    [Fact]
    public void Every_package_that_the_firmware_refers_to_is_in_the_lock_with_its_version()
    {
        string[] files = Directory.GetFiles(Path.Combine(SharedData.RepositoryRoot, "firmware"), "packages.config", SearchOption.AllDirectories);
        Assert.Equal(4, files.Length);
        foreach (XElement package in files.SelectMany(file => XDocument.Load(file).Root!.Elements("package")))
        {
            string id = package.Attribute("id")!.Value;
            Assert.Equal(package.Attribute("version")!.Value, ImagesLock.BuiltIn.Packages.Single(locked => locked.Id == id).Version);
        }
    }

    [Fact]
    public void Our_own_native_assembly_has_the_checksum_of_its_native_source()
    {
        string source = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "firmware", "radio", "nanoclr", "GatewayAgent_Radio_Native_V1.cpp"));
        LockedAssembly own = ImagesLock.BuiltIn.Agent.Single(assembly => assembly.Checksum != null);
        Assert.Equal("GatewayAgent.Radio.Native.V1", own.Name);
        Assert.True(own.Optional);
        Assert.Contains($"0x{own.Checksum:X8}", Checksums().Matches(source).Select(match => match.Value.ToUpperInvariant().Replace("0X", "0x", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_agents_own_assemblies_are_those_of_its_device_projects()
    {
        IEnumerable<string> projects = Directory.GetFiles(Path.Combine(SharedData.RepositoryRoot, "firmware"), "*.nfproj", SearchOption.AllDirectories)
            .Select(file => XDocument.Load(file).Descendants().Single(element => element.Name.LocalName == "AssemblyName").Value);
        Assert.Equal(projects.Order(), ImagesLock.BuiltIn.Agent.Select(assembly => assembly.Name).Order());
    }

    [Fact]
    public void Every_image_is_used_by_a_board()
    {
        IEnumerable<string> used = BoardCatalog.BuiltIn.Boards.SelectMany(board => board.Modules).Select(module => module.Image).Distinct();
        Assert.Equal(used.Order(), ImagesLock.BuiltIn.Images.Select(image => image.Target).Order());
    }

    [Fact]
    public void A_lock_without_one_of_its_fields_is_refused_and_the_field_named()
    {
        foreach (string field in HardwareFolder.Properties(HardwareFolder.Json("images.lock.json")).Select(property => property.Field).ToList())
        {
            JsonObject json = HardwareFolder.Json("images.lock.json");
            (_, JsonObject owner, string name) = HardwareFolder.Properties(json).Single(property => property.Field == field);
            owner.Remove(name);
            if (name != "optional")
            {
                string told = Refusal(json);
                Assert.Contains(name is "checksum" or "evidence" ? "both or neither" : name, told, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("1.17.0", "1.17.0.345", true)]
    [InlineData("1.17.0", "1.17.01.3", false)]
    [InlineData("1.17.0", "1.18.0.1", false)]
    [InlineData("1.17.0.345", "1.17.0.345", true)]
    [InlineData("1.17.0.345", "1.17.0.346", false)]
    public void A_pinned_image_is_that_one_and_a_line_any_of_its_images(string locked, string version, bool allowed) =>
        Assert.Equal(allowed, new LockedImage("ESP32_C3", "ESP32-C3", locked).Allows(version));

    [Fact]
    public void An_image_that_stands_there_twice_is_refused()
    {
        JsonObject json = HardwareFolder.Json("images.lock.json");
        json["images"]!.AsArray().Add(json["images"]![0]!.DeepClone());
        Assert.Equal("hardware/images.lock.json: images: ESP32_C3: is there twice", Refusal(json));
    }

    private static string Refusal(JsonObject json) =>
        Assert.Throws<HardwareException>(() => ImagesLock.Read("hardware/images.lock.json", json.ToJsonString())).Message;

    [GeneratedRegex("0x[0-9a-fA-F]{8}")]
    private static partial Regex Checksums();
}
