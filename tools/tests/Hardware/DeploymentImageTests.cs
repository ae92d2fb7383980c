using GatewayAgent.Hardware;
using GatewayAgent.Hardware.Images;
using GatewayAgent.StandIns;

namespace GatewayAgent.Tests.Hardware;

public sealed class DeploymentImageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gw-image-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_check_sum_is_the_runtimes() =>
        // CRC-32 of 04C11DB7, from 0, not reflected: CKSUM's of the nine digits without its length and complement.
        Assert.Equal(0x89A1_897Fu, PeAssembly.Crc("123456789"u8));

    [Fact]
    public void An_assembly_tells_name_version_checksum_and_what_it_needs()
    {
        PeAssembly assembly = PeAssembly.Read(PeBuilder.Make("System.Net", "1.11.60.0", 0x8EFB9944, ("mscorlib", "1.17.11.0"), ("nanoFramework.Runtime.Events", "1.11.37.0")));
        Assert.Equal(("System.Net", "1.11.60.0", 0x8EFB9944u), (assembly.Name, assembly.Version, assembly.NativeChecksum));
        Assert.Equal([new PeReference("mscorlib", "1.17.11.0"), new PeReference("nanoFramework.Runtime.Events", "1.11.37.0")], assembly.References);
    }

    [Fact]
    public void An_assembly_with_any_byte_changed_is_refused()
    {
        byte[] sound = PeBuilder.Make("System.Net", "1.11.60.0", 0x8EFB9944, ("mscorlib", "1.17.11.0"));
        for (int i = 0; i < sound.Length; i++)
        {
            byte[] damaged = [.. sound];
            damaged[i] ^= 0x10;
            Assert.Throws<HardwareException>(() => PeAssembly.Read(damaged));
        }

        for (int length = 0; length < sound.Length; length++)
        {
            Assert.Throws<HardwareException>(() => PeAssembly.Read(sound.AsSpan(0, length)));
        }
    }

    [Fact]
    public void A_bin_is_read_as_the_assemblies_in_it_and_padding_and_erased_flash_are_passed_over()
    {
        byte[] bin = [.. PeBuilder.Make("mscorlib", "1.17.11.0"), .. PeBuilder.Make("GatewayAgent", "0.1.0.0"), .. Enumerable.Repeat((byte)0xFF, 40)];
        DeploymentImage image = DeploymentImage.Read(Write("agent.bin", bin));
        Assert.Equal(["mscorlib", "GatewayAgent"], image.Assemblies.Select(assembly => assembly.Name));
        Assert.Equal(bin, image.Content.ToArray());
    }

    [Fact]
    public void A_bin_with_something_else_in_it_is_refused_with_the_place()
    {
        byte[] first = PeBuilder.Make("mscorlib", "1.17.11.0");
        string file = Write("agent.bin", [.. first, 1, 2, 3, 4]);
        Assert.Equal($"{file}: at byte {first.Length}: no assembly of nanoFramework begins here (NFMRK1)", Refusal(file));
    }

    [Fact]
    public void A_folder_becomes_an_image_in_which_what_is_needed_comes_first()
    {
        Write("A.pe", PeBuilder.Make("A", "1.0.0.0", 0, ("B", "1.0.0.0"), ("mscorlib", "1.17.11.0")));
        Write("B.pe", PeBuilder.Make("B", "1.0.0.0", 0, ("mscorlib", "1.17.11.0")));
        Write("mscorlib.pe", PeBuilder.Make("mscorlib", "1.17.11.0"));
        Write("A.pdbx", [1]);
        DeploymentImage image = DeploymentImage.Read(_folder);
        Assert.Equal(["mscorlib", "B", "A"], image.Assemblies.Select(assembly => assembly.Name));
        string joined = Write("joined.bin", image.Content.ToArray());
        Assert.Equal(["mscorlib", "B", "A"], DeploymentImage.Read(joined).Assemblies.Select(assembly => assembly.Name));
    }

    [Fact]
    public void What_is_not_there_or_holds_nothing_is_refused()
    {
        Assert.EndsWith("no such file or folder", Refusal(Path.Combine(_folder, "none.bin")), StringComparison.Ordinal);
        Assert.EndsWith("no .pe file in it", Refusal(_folder), StringComparison.Ordinal);
        Assert.EndsWith("holds no assembly", Refusal(Write("empty.bin", [])), StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_is_filled_with_erased_flash_to_the_size_of_its_partition()
    {
        DeploymentImage image = DeploymentImage.Read(Write("agent.bin", PeBuilder.Make("A", "1.0.0.0")));
        byte[] whole = image.Fill(0x1000);
        Assert.Equal(0x1000, whole.Length);
        Assert.All(whole[image.Content.Length..], one => Assert.Equal(0xFF, one));
        Assert.Equal(image.Content.Length, image.Fill((uint)image.Content.Length).Length);
        Assert.Throws<HardwareException>(() => image.Fill((uint)image.Content.Length - 1));
    }

    private string Refusal(string path) => Assert.Throws<HardwareException>(() => DeploymentImage.Read(path)).Message;

    private string Write(string name, byte[] bytes)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllBytes(file, bytes);
        return file;
    }
}
