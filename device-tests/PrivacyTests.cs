using GatewayAgent.Control;
using GatewayAgent.Privacy;
using nanoFramework.TestFramework;

namespace GatewayAgent.DeviceTests;

[TestClass]
public class PrivacyTests
{
    // _vectors of the reference implementation: key 00 01 … 0f, input of n bytes 00 01 … n − 1, for n = 0 … 63.
    private static readonly ulong[] _vectors = new ulong[]
    {
        0x726fdb47dd0e0e31,
        0x74f839c593dc67fd,
        0x0d6c8009d9a94f5a,
        0x85676696d7fb7e2d,
        0xcf2794e0277187b7,
        0x18765564cd99a68d,
        0xcbc9466e58fee3ce,
        0xab0200f58b01d137,
        0x93f5f5799a932462,
        0x9e0082df0ba9e4b0,
        0x7a5dbbc594ddb9f3,
        0xf4b32f46226bada7,
        0x751e8fbc860ee5fb,
        0x14ea5627c0843d90,
        0xf723ca908e7af2ee,
        0xa129ca6149be45e5,
        0x3f2acc7f57c29bdb,
        0x699ae9f52cbe4794,
        0x4bc1b3f0968dd39c,
        0xbb6dc91da77961bd,
        0xbed65cf21aa2ee98,
        0xd0f2cbb02e3b67c7,
        0x93536795e3a33e88,
        0xa80c038ccd5ccec8,
        0xb8ad50c6f649af94,
        0xbce192de8a85b8ea,
        0x17d835b85bbb15f3,
        0x2f2e6163076bcfad,
        0xde4daaaca71dc9a5,
        0xa6a2506687956571,
        0xad87a3535c49ef28,
        0x32d892fad841c342,
        0x7127512f72f27cce,
        0xa7f32346f95978e3,
        0x12e0b01abb051238,
        0x15e034d40fa197ae,
        0x314dffbe0815a3b4,
        0x027990f029623981,
        0xcadcd4e59ef40c4d,
        0x9abfd8766a33735c,
        0x0e3ea96b5304a7d0,
        0xad0c42d6fc585992,
        0x187306c89bc215a9,
        0xd4a60abcf3792b95,
        0xf935451de4f21df2,
        0xa9538f0419755787,
        0xdb9acddff56ca510,
        0xd06c98cd5c0975eb,
        0xe612a3cb9ecba951,
        0xc766e62cfcadaf96,
        0xee64435a9752fe72,
        0xa192d576b245165a,
        0x0a8787bf8ecb74b2,
        0x81b3e73d20b49b6f,
        0x7fa8220ba3b2ecea,
        0x245731c13ca42499,
        0xb78dbfaf3a8d83bd,
        0xea1ad565322a1a0b,
        0x60e61c23a3795013,
        0x6606d7e446282b93,
        0x6ca4ecb15c5f91e1,
        0x9f626da15c9625f3,
        0xe51b38608ef25f57,
        0x958a324ceb064572,
    };

    private const string Key = "000102030405060708090a0b0c0d0e0f";

    private static readonly byte[] _address = new byte[] { 0x02, 0x11, 0x22, 0x33, 0x44, 0x55 };

    [TestMethod]
    public void The_hash_is_that_of_the_reference_implementation()
    {
        byte[] key = HomeKey.Parse(Key);
        byte[] input = Counting(3, _vectors.Length);
        for (int length = 0; length < _vectors.Length; length++)
        {
            Assert.IsTrue(_vectors[length] == SipHash.Hash(key, input, 3, length), "length " + length.ToString());
        }
    }

    [TestMethod]
    public void An_address_and_a_name_in_UTF_8_have_the_hashes_that_a_backend_computes()
    {
        AddressHash hash = new AddressHash(HomeKey.Parse(Key));
        Assert.IsTrue(hash.OfAddress(_address, 0) == 0xaf5bd850);
        byte[] name = new byte[] { 0x5a, 0x75, 0x68, 0x61, 0x75, 0x73, 0x65, 0x20, 0xc3, 0xbc };
        Assert.IsTrue(hash.OfName(name, name.Length) == 0x72ba55bc);
        Assert.IsTrue(hash.OfName(name, 0) == 0xe7946377);
    }

    [TestMethod]
    public void An_address_is_found_anywhere_in_a_record()
    {
        AddressHash hash = new AddressHash(HomeKey.Parse(Key));
        byte[] record = new byte[] { 9, 9, 0x02, 0x11, 0x22, 0x33, 0x44, 0x55, 9 };
        Assert.IsTrue(hash.OfAddress(record, 2) == 0xaf5bd850);
    }

    [TestMethod]
    public void A_name_of_six_bytes_is_not_taken_for_an_address()
    {
        AddressHash hash = new AddressHash(HomeKey.Parse(Key));
        Assert.IsTrue(hash.OfName(_address, _address.Length) == 0x9194c754);
    }

    [TestMethod]
    public void The_longest_name_fits()
    {
        AddressHash hash = new AddressHash(HomeKey.Parse(Key));
        Assert.IsTrue(hash.OfName(Counting(0, Limits.NetworkNameBytes), Limits.NetworkNameBytes) != AddressHash.None);
    }

    [TestMethod]
    public void A_hash_of_0_is_told_as_1()
    {
        AddressHash hash = new AddressHash(HomeKey.Parse(Key));
        Assert.IsTrue(hash.OfAddress(new byte[] { 0x02, 0xbd, 0xea, 0xe5, 0x27, 0x00 }, 0) == 1);
    }

    [TestMethod]
    public void Another_home_has_other_hashes()
    {
        AddressHash hash = new AddressHash(HomeKey.Parse("100102030405060708090a0b0c0d0e0f"));
        Assert.IsTrue(hash.OfAddress(_address, 0) != 0xaf5bd850);
    }

    [TestMethod]
    public void Without_a_key_nothing_is_told()
    {
        AddressHash hash = new AddressHash(HomeKey.Parse(string.Empty));
        Assert.IsTrue(hash.OfAddress(_address, 0) == AddressHash.None);
        Assert.IsTrue(hash.OfName(_address, 6) == AddressHash.None);
        Assert.IsNull(HomeKey.Parse(null));
    }

    [TestMethod]
    public void A_key_may_be_written_in_upper_case()
    {
        byte[] key = HomeKey.Parse("0123456789ABCDEFabcdef9876543210");
        Assert.AreEqual(0x01, (int)key[0]);
        Assert.AreEqual(0xef, (int)key[7]);
        Assert.AreEqual(0xab, (int)key[8]);
        Assert.AreEqual(0x10, (int)key[15]);
    }

    [TestMethod]
    [DataRow("00")]
    [DataRow("000102030405060708090a0b0c0d0e0f00")]
    [DataRow("000102030405060708090a0b0c0d0e0g")]
    [DataRow("000102030405060708090a0b0c0d0e0 ")]
    [DataRow("0x0102030405060708090a0b0c0d0e0f")]
    public void What_is_no_key_is_refused_without_being_quoted(string text)
    {
        AgentSettings settings = new AgentSettings { Home = "h", Node = "n", BrokerHost = "b", HomeKey = HomeKey.Parse(text) };
        Assert.AreEqual("homeKey: must be 16 bytes, as 32 hexadecimal digits", settings.Validate());
    }

    [TestMethod]
    public void Where_an_authority_is_provisioned_tls_cannot_be_switched_off()
    {
        AgentSettings settings = new AgentSettings { Home = "h", Node = "n", BrokerHost = "b", BrokerTls = false };
        Assert.IsNull(settings.Validate());
        settings.BrokerCa = "PEM";
        Assert.StartsWith("brokerTls: must stay on", settings.Validate());
    }

    [TestMethod]
    public void A_certificate_and_its_key_go_together_and_neither_is_quoted()
    {
        AgentSettings settings = new AgentSettings { Home = "h", Node = "n", BrokerHost = "b", ClientKey = "secret" };
        Assert.AreEqual("clientCertificate: missing, there is only its key", settings.Validate());
        settings.ClientKey = null;
        settings.ClientCertificate = "PEM";
        Assert.AreEqual("clientKey: missing, there is only its certificate", settings.Validate());
        settings.ClientKey = "secret";
        Assert.IsNull(settings.Validate());
    }

    private static byte[] Counting(int offset, int count)
    {
        byte[] data = new byte[offset + count];
        for (int i = 0; i < count; i++)
        {
            data[offset + i] = (byte)i;
        }

        return data;
    }
}
