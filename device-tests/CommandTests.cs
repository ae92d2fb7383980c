using GatewayAgent.DeviceTests.Fakes;
using nanoFramework.TestFramework;

namespace GatewayAgent.DeviceTests;

[TestClass]
public class CommandTests
{
    private const uint Soon = ControlledNode.Now + 60;

    [TestMethod]
    public void A_command_runs_once_and_is_answered_each_time()
    {
        ControlledNode node = Quiet();
        node.HearCommand("s", "id-1", Soon);
        Assert.AreEqual("{\"id\":\"id-1\",\"cmd\":\"s\",\"status\":\"accepted\"}", node.SendAll());
        Assert.AreEqual("cmd/result", node.SentTo);
        Assert.IsFalse(node.Controller.IsRetained);
        node.HearCommand("s", "id-1", Soon);
        Assert.AreEqual("{\"id\":\"id-1\",\"cmd\":\"s\",\"status\":\"accepted\"}", node.SendAll());
        Assert.AreEqual("s", node.Ran);
    }

    [TestMethod]
    public void An_answer_is_given_until_it_is_acknowledged_and_then_not_again()
    {
        ControlledNode node = Quiet();
        node.HearCommand("l", "a", Soon);
        Assert.IsTrue(node.Send());
        node.Controller.Failed();
        Assert.IsTrue(node.Send());
        Assert.Contains("\"id\":\"a\"", node.Sent);
        node.Controller.Acknowledged(0);
        Assert.IsFalse(node.Send());
        Assert.AreEqual("l", node.Ran);
    }

    [TestMethod]
    public void Commands_are_answered_in_order_and_what_finds_no_room_is_counted()
    {
        ControlledNode node = Quiet();
        node.HearCommand("l", "1", Soon);
        for (int i = 2; i <= 8; i++)
        {
            node.Inbox.HearCommand(Ascii.Bytes("l " + i.ToString() + " " + Soon.ToString()));
        }

        for (int i = 1; i <= 5; i++)
        {
            Assert.IsTrue(node.Send());
            Assert.Contains("\"id\":\"" + i.ToString() + "\"", node.Sent);
            node.Controller.Acknowledged(0);
            node.Step();
        }

        Assert.AreEqual("{\"id\":\"\",\"cmd\":\"\",\"status\":\"refused\",\"reason\":\"3 commands came faster than they were answered\"}", node.SendAll());
        Assert.AreEqual("lllll", node.Ran);
    }

    [TestMethod]
    public void What_must_not_run_is_answered_and_never_runs()
    {
        ControlledNode node = Quiet();
        node.HearCommand("s", "late", ControlledNode.Now - 1);
        Assert.AreEqual("{\"id\":\"late\",\"cmd\":\"s\",\"status\":\"expired\"}", node.SendAll());
        node.HearCommand("?", "odd", Soon);
        Assert.StartsWith("{\"id\":\"odd\",\"cmd\":\"?\",\"status\":\"unknown\"", node.SendAll());
        node.HearCommand("!", "bad", Soon);
        Assert.AreEqual("{\"id\":\"bad\",\"cmd\":\"!\",\"status\":\"refused\",\"reason\":\"seconds: no\"}", node.SendAll());
        node.HearCommand("s", "far", ControlledNode.Now + 86401);
        Assert.StartsWith("{\"id\":\"far\",\"cmd\":\"s\",\"status\":\"refused\",\"reason\":\"expires", node.SendAll());
        node.Inbox.HearCommand(new byte[Limits.CommandBytes + 1]);
        node.Step();
        Assert.AreEqual("{\"id\":\"\",\"cmd\":\"\",\"status\":\"refused\",\"reason\":\"it has more than 256 bytes\"}", node.SendAll());
        Assert.AreEqual(string.Empty, node.Ran);
    }

    [TestMethod]
    public void Without_the_time_no_command_runs_and_the_same_does_not_later()
    {
        ControlledNode node = Quiet();
        node.Clock.UnixSeconds = 0;
        node.HearCommand("s", "a", Soon);
        Assert.Contains("does not know the time", node.SendAll());
        node.Clock.UnixSeconds = ControlledNode.Now;
        node.HearCommand("s", "a", Soon);
        Assert.Contains("does not know the time", node.SendAll());
        Assert.AreEqual(string.Empty, node.Ran);
    }

    [TestMethod]
    public void A_clock_that_steps_back_revives_nothing_and_one_that_steps_on_expires()
    {
        ControlledNode node = Quiet();
        node.Clock.UnixSeconds = Soon + 1;
        node.HearCommand("s", "a", Soon);
        node.SendAll();
        node.Clock.UnixSeconds = ControlledNode.Now;
        node.HearCommand("s", "a", Soon);
        Assert.Contains("expired", node.SendAll());
        node.Inbox.HearCommand(Ascii.Bytes("s b " + Soon.ToString()));
        node.Clock.UnixSeconds = Soon + 1;
        node.Step();
        Assert.Contains("expired", node.SendAll());
        Assert.AreEqual(string.Empty, node.Ran);
    }

    [TestMethod]
    public void Sixteen_commands_are_remembered()
    {
        ControlledNode node = Quiet();
        for (int i = 0; i < 17; i++)
        {
            node.HearCommand("r", "id" + i.ToString(), Soon);
            node.SendAll();
        }

        for (int i = 1; i < 17; i++)
        {
            node.HearCommand("r", "id" + i.ToString(), Soon);
            node.SendAll();
        }

        Assert.AreEqual(17, node.Ran.Length);
    }

    [TestMethod]
    public void What_the_node_cannot_do_is_refused()
    {
        ControlledNode node = Quiet();
        node.Can = false;
        node.HearCommand("p", "a", Soon);
        Assert.AreEqual("{\"id\":\"a\",\"cmd\":\"p\",\"status\":\"refused\",\"reason\":\"this node cannot do that\"}", node.SendAll());
    }

    [TestMethod]
    public void A_reboot_is_answered_first_and_does_not_run_again_afterwards()
    {
        ControlledNode node = Quiet();
        node.HearCommand("b", "a", Soon);
        Assert.AreEqual(string.Empty, node.Ran);
        Assert.Contains("\"status\":\"accepted\"", node.SendAll());
        Assert.AreEqual("b", node.Ran);
        node.Start();
        Assert.StartsWith("{\"version\"", node.SendAll());
        node.HearCommand("b", "a", Soon);
        Assert.Contains("\"status\":\"done\"", node.SendAll());
        Assert.AreEqual(string.Empty, node.Ran);
    }

    [TestMethod]
    public void A_reboot_whose_answer_did_not_get_out_is_answered_after_it()
    {
        ControlledNode node = Quiet();
        node.HearCommand("b", "a", Soon);
        node.Pass(Limits.RebootAnswerMs - 1);
        Assert.AreEqual(string.Empty, node.Ran);
        node.Pass(1);
        Assert.AreEqual("b", node.Ran);
        node.Start();
        Assert.AreEqual("{\"id\":\"a\",\"cmd\":\"reboot\",\"status\":\"done\"}", node.SendAll());
        node.Start();
        Assert.StartsWith("{\"version\"", node.SendAll());
    }

    [TestMethod]
    public void A_reboot_that_cannot_be_remembered_does_not_run()
    {
        ControlFlash flash = new ControlFlash();
        ControlledNode node = new ControlledNode(flash);
        flash.Takes = false;
        node.HearCommand("b", "a", Soon);
        Assert.Contains("\"status\":\"refused\"", node.SendAll());
        Assert.AreEqual(string.Empty, node.Ran);
    }

    [TestMethod]
    public void A_reboot_command_survives_a_power_cut_at_any_byte_without_running_twice()
    {
        for (int cut = 0; cut <= 8; cut++)
        {
            ControlFlash flash = new ControlFlash();
            ControlledNode node = new ControlledNode(flash);
            flash.BytesLeft = cut;
            bool ran = false;
            try
            {
                node.HearCommand("b", "abc", Soon);
                node.SendAll();
                ran = node.Ran == "b";
            }
            catch (System.InvalidOperationException)
            {
                // The power was cut.
            }

            flash.BytesLeft = int.MaxValue;
            node.Start();
            node.SendAll();
            node.HearCommand("b", "abc", Soon);
            node.SendAll();
            Assert.IsFalse(ran && node.Ran.Length > 0);
        }
    }

    // Its first state is told already.
    private static ControlledNode Quiet()
    {
        ControlledNode node = new ControlledNode(new ControlFlash());
        node.SendAll();
        return node;
    }
}
