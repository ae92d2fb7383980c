using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Merging;
using GatewayAgent.Reporting;
using GatewayAgent.Storage;
using nanoFramework.TestFramework;

namespace GatewayAgent.DeviceTests;

[TestClass]
public class JournalTests
{
    private const uint Boot = 0x10001;

    private static readonly ReportMerger _merger = new ReportMerger();
    private static readonly ProtoWriter _writer = new ProtoWriter(Limits.ReportBytes);
    private static readonly byte[] _copy = new byte[Limits.ReportBytes];
    private static readonly ReportIdentity _identity = new ReportIdentity();

    [TestMethod]
    public void Reports_are_there_after_a_restart_in_their_order()
    {
        FakeFlash flash = new FakeFlash();
        Append(Started(flash), Boot, 1, 40);
        Journal journal = Started(flash);
        Append(journal, Boot + 1, 1, 3);
        Assert.AreEqual(43, journal.Count);
        Assert.AreEqual(flash.Bytes - flash.LengthOf("jfreed"), journal.Bytes);
        for (uint sequence = 1; sequence <= 40; sequence++)
        {
            AssertNext(journal, Boot, sequence);
        }

        AssertNext(journal, Boot + 1, 1);
        journal.Rewind();
        AssertNext(journal, Boot, 1);
        Assert.IsTrue(journal.ReadOldest(_copy) > 0);
        AssertNext(journal, Boot, 2);
    }

    [TestMethod]
    public void What_is_freed_stays_freed_and_other_boots_stay()
    {
        FakeFlash flash = new FakeFlash();
        Journal journal = Started(flash);
        Append(journal, Boot, 1, 5);
        Append(journal, Boot + 1, 1, 5);
        Assert.AreEqual(3, journal.FreeThrough(Boot + 1, 3));
        Assert.AreEqual(2, journal.FreeThrough(Boot, 2));
        Assert.AreEqual(0, journal.FreeThrough(Boot, 2));
        Assert.AreEqual(5, journal.Count);
        journal = Started(flash);
        Assert.AreEqual(5, journal.Count);
        AssertNext(journal, Boot, 3);
        AssertNext(journal, Boot, 4);
        AssertNext(journal, Boot, 5);
        AssertNext(journal, Boot + 1, 4);
        Assert.AreEqual(3, journal.FreeThrough(Boot, 9));
        Assert.AreEqual(2, journal.FreeThrough(Boot + 1, 9));
        Assert.AreEqual(0, journal.ReadOldest(_copy));
        Assert.AreEqual(0, journal.Bytes);
        Assert.AreEqual(1, flash.FileCount);
    }

    [TestMethod]
    public void A_full_journal_merges_instead_of_losing()
    {
        FakeFlash flash = new FakeFlash();
        Journal journal = new Journal(flash, _merger, 4, 700);
        journal.Recover();
        Append(journal, Boot, 1, 400);
        Assert.AreEqual(0u, journal.LostReports);
        Assert.IsTrue(flash.MostFiles <= 6);
        Assert.IsTrue(flash.MostBytes <= (5 * 700) + flash.LengthOf("jfreed"));
        uint next = 1;
        for (int length = journal.ReadNext(_copy); length > 0; length = journal.ReadNext(_copy))
        {
            Assert.IsTrue(_identity.Read(_copy, 0, length));
            Assert.AreEqual(next, _identity.First);
            next = _identity.Sequence + 1;
        }

        Assert.AreEqual(401u, next);
    }

    [TestMethod]
    public void A_report_that_a_power_cut_left_incomplete_is_discarded_and_nothing_is_written_behind_it()
    {
        FakeFlash flash = new FakeFlash();
        Journal journal = Started(flash);
        Append(journal, Boot, 1, 2);
        flash.StepsLeft = 20;
        Assert.IsFalse(journal.Append(_writer.Buffer, Encode(Boot, 3)));
        Assert.IsFalse(journal.IsUsable);
        flash.PowerUp();
        journal = Started(flash);
        Assert.AreEqual(2, journal.Count);
        Assert.AreEqual(0u, journal.LostReports);
        Append(journal, Boot + 1, 1, 1);
        Assert.IsTrue(flash.LengthOf("j01") > 0);
        Assert.AreEqual(3, Started(flash).Count);
    }

    [TestMethod]
    public void A_damaged_report_is_counted_once()
    {
        FakeFlash flash = new FakeFlash();
        Append(Started(flash), Boot, 1, 10);
        flash.Flip("j00", 120, 4);
        Journal journal = Started(flash);
        Assert.AreEqual(9, journal.Count);
        Assert.AreEqual(1u, journal.LostReports);
        Assert.AreEqual(300u, journal.LostSeconds);
        journal = Started(flash);
        Assert.AreEqual(9, journal.Count);
        Assert.AreEqual(0u, journal.LostReports);
    }

    [TestMethod]
    public void Damage_found_while_reading_is_skipped_and_counted()
    {
        FakeFlash flash = new FakeFlash();
        Journal journal = Started(flash);
        Append(journal, Boot, 1, 10);
        flash.Flip("j00", 120, 4);
        int read = 0;
        while (journal.ReadNext(_copy) > 0)
        {
            read++;
        }

        Assert.IsTrue(read >= 9);
        Assert.AreEqual(9, journal.Count);
        Assert.AreEqual(1u, journal.LostReports);
    }

    [TestMethod]
    public void Freeing_through_the_middle_of_a_segment_that_is_being_read_keeps_its_rest()
    {
        FakeFlash flash = new FakeFlash();
        Journal journal = Started(flash);
        Append(journal, Boot, 1, 120);
        for (uint sequence = 1; sequence <= 90; sequence++)
        {
            AssertNext(journal, Boot, sequence);
            Assert.AreEqual(1, journal.FreeThrough(Boot, sequence));
        }

        Assert.AreEqual(30, journal.Count);
        AssertNext(journal, Boot, 91);
    }

    [TestMethod]
    public void A_read_that_fails_for_a_while_costs_nothing()
    {
        FakeFlash flash = new FakeFlash();
        Journal journal = Started(flash);
        Append(journal, Boot, 1, 40);
        flash.FailsReads = true;
        Assert.AreEqual(0, journal.ReadNext(_copy));
        Assert.IsFalse(journal.IsUsable);
        Assert.IsFalse(journal.Recover());
        flash.FailsReads = false;
        Assert.IsTrue(journal.Recover());
        Append(journal, Boot, 41, 1);
        Assert.AreEqual(41, journal.Count);
        Assert.AreEqual(0u, journal.LostReports);
        for (uint sequence = 1; sequence <= 41; sequence++)
        {
            AssertNext(journal, Boot, sequence);
        }
    }

    [TestMethod]
    public void A_write_that_fails_once_is_tried_again()
    {
        FakeFlash flash = new FakeFlash();
        Journal journal = Started(flash);
        Append(journal, Boot, 1, 2);
        flash.FailingWrites = 1;
        Append(journal, Boot, 3, 2);
        Assert.IsTrue(journal.IsUsable);
        Assert.AreEqual(4, Started(flash).Count);
        flash.FailingWrites = 2;
        Assert.IsFalse(journal.Append(_writer.Buffer, Encode(Boot, 5)));
        Assert.IsFalse(journal.IsUsable);
    }

    [TestMethod]
    public void A_report_that_is_there_is_not_taken_twice()
    {
        FakeFlash flash = new FakeFlash();
        Journal journal = Started(flash);
        Append(journal, Boot, 1, 3);
        Append(journal, Boot, 2, 2);
        Assert.AreEqual(3, journal.Count);
        Assert.IsFalse(journal.Append(_copy, 0));
        Assert.IsTrue(journal.IsUsable);
    }

    [TestMethod]
    public void Without_flash_it_is_not_usable()
    {
        FakeFlash flash = new FakeFlash { FailsReads = true, FailingWrites = 1 };
        Journal journal = new Journal(flash, _merger);
        Assert.IsFalse(journal.Recover());
        Assert.IsFalse(journal.Append(_writer.Buffer, Encode(Boot, 1)));
        Assert.AreEqual(0, journal.ReadNext(_copy));
        Assert.AreEqual(0, journal.FreeThrough(Boot, 1));
    }

    private static Journal Started(FakeFlash flash)
    {
        Journal journal = new Journal(flash, _merger);
        Assert.IsTrue(journal.Recover());
        return journal;
    }

    private static void Append(Journal journal, uint boot, uint first, int count)
    {
        for (uint sequence = first; sequence < first + count; sequence++)
        {
            Assert.IsTrue(journal.Append(_writer.Buffer, Encode(boot, sequence)));
        }
    }

    private static void AssertNext(Journal journal, uint boot, uint sequence)
    {
        int length = journal.ReadNext(_copy);
        Assert.IsTrue(_identity.Read(_copy, 0, length));
        Assert.AreEqual(boot, _identity.BootId);
        Assert.AreEqual(sequence, _identity.Sequence);
    }

    // A report of a link of five samples.
    private static int Encode(uint boot, uint sequence)
    {
        _writer.Reset();
        _writer.Fixed32(1, boot);
        _writer.Number(2, sequence);
        _writer.Count(4, 300 * (sequence - 1));
        _writer.Number(5, 300);
        int link = _writer.Begin(9);
        int histogram = _writer.Begin(3);
        _writer.Element(20);
        _writer.Element(5);
        _writer.End(histogram);
        _writer.Number(5, 0);
        _writer.End(link);
        return _writer.Length;
    }
}
