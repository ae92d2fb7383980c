using GatewayAgent.Uplink;
using nanoFramework.TestFramework;

namespace GatewayAgent.DeviceTests;

[TestClass]
public class AckReaderTests
{
    private static readonly AckReader _reader = new AckReader();

    [TestMethod]
    public void Reads_boot_and_sequence()
    {
        Assert.IsTrue(_reader.Read(new byte[] { 0x0D, 0x78, 0x56, 0x34, 0x92, 0x10, 0xAC, 0x02 }));
        Assert.AreEqual(0x92345678u, _reader.BootId);
        Assert.AreEqual(300u, _reader.Sequence);
    }

    [TestMethod]
    public void Skips_fields_that_it_does_not_know()
    {
        byte[] message = new byte[]
        {
            0x1A, 0x02, 0xFF, 0xFF, 0x21, 1, 2, 3, 4, 5, 6, 7, 8, 0x2D, 9, 9, 9, 9,
            0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0x0D, 1, 0, 0, 0, 0x10, 5,
        };
        Assert.IsTrue(_reader.Read(message));
        Assert.AreEqual(1u, _reader.BootId);
        Assert.AreEqual(5u, _reader.Sequence);
    }

    [TestMethod]
    public void Refuses_every_truncation_of_a_message()
    {
        byte[] whole = new byte[] { 0x0D, 0x78, 0x56, 0x34, 0x92, 0x10, 0xAC, 0x02 };
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] cut = new byte[length];
            System.Array.Copy(whole, cut, length);
            Assert.IsFalse(_reader.Read(cut));
        }
    }

    [TestMethod]
    public void Refuses_groups_endless_numbers_and_lengths_beyond_the_end()
    {
        Assert.IsFalse(_reader.Read(new byte[] { 0x0B }));
        Assert.IsFalse(_reader.Read(new byte[] { 0x10, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }));
        Assert.IsFalse(_reader.Read(new byte[] { 0x1A, 0x7F, 1 }));
        Assert.IsFalse(_reader.Read(new byte[] { 0x1A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F }));
    }
}
