using System;
using GatewayAgent.Control;
using GatewayAgent.DeviceTests.Fakes;
using nanoFramework.TestFramework;

namespace GatewayAgent.DeviceTests;

[TestClass]
public class ConfigTests
{
    [TestMethod]
    public void Without_a_configuration_the_node_runs_as_provisioned_and_says_so()
    {
        ControlledNode node = new ControlledNode(new ControlFlash());
        Assert.AreEqual(60, node.Running.WindowSeconds);
        Assert.AreEqual("{\"version\":0,\"status\":\"applied\",\"applied\":0}", node.SendAll());
    }

    [TestMethod]
    public void A_configuration_is_tried_then_confirmed_then_outlives_a_restart()
    {
        ControlledNode node = new ControlledNode(new ControlFlash());
        node.HearConfig("7");
        Assert.AreEqual(67, node.Running.WindowSeconds);
        Assert.AreEqual("r", node.Ran);
        Assert.AreEqual("{\"version\":7,\"status\":\"trial\",\"applied\":0}", node.SendAll());
        node.Pass(5000);
        node.Controller.Confirm(node.Clock.UptimeMs);
        node.Step();
        Assert.AreEqual("{\"version\":7,\"status\":\"applied\",\"applied\":7}", node.SendAll());
        node.Start();
        Assert.AreEqual(67, node.Running.WindowSeconds);
        Assert.AreEqual("{\"version\":7,\"status\":\"applied\",\"applied\":7}", node.SendAll());
    }

    [TestMethod]
    public void What_was_sent_before_confirms_nothing()
    {
        ControlledNode node = new ControlledNode(new ControlFlash());
        node.Pass(5000);
        node.HearConfig("7");
        node.Controller.Confirm(4999);
        node.Step();
        Assert.StartsWith("{\"version\":7,\"status\":\"trial\"", node.SendAll());
    }

    [TestMethod]
    public void A_configuration_that_cuts_the_node_off_is_rolled_back_and_not_tried_again()
    {
        ControlledNode node = Applied("6", new ControlFlash());
        node.HearConfig("7");
        node.Pass(Limits.ConfigTrialMs - 1);
        Assert.AreEqual(67, node.Running.WindowSeconds);
        node.Pass(1);
        Assert.AreEqual(66, node.Running.WindowSeconds);
        const string State = "{\"version\":7,\"status\":\"rolled-back\",\"applied\":6,\"reason\":\"no acknowledgement from the collector within 15 min\"}";
        Assert.AreEqual(State, node.SendAll());
        node.HearConfig("7");
        Assert.AreEqual(66, node.Running.WindowSeconds);
        Assert.AreEqual(State, node.SendAll());
        node.Start();
        node.HearConfig("7");
        Assert.AreEqual(66, node.Running.WindowSeconds);
        Assert.AreEqual(State, node.SendAll());
        node.HearConfig("8");
        Assert.AreEqual(68, node.Running.WindowSeconds);
    }

    [TestMethod]
    public void A_restart_during_the_trial_ends_it()
    {
        ControlledNode node = Applied("6", new ControlFlash());
        node.HearConfig("7");
        node.Start();
        Assert.AreEqual(66, node.Running.WindowSeconds);
        const string State = "{\"version\":7,\"status\":\"rolled-back\",\"applied\":6,\"reason\":\"the node restarted during the trial\"}";
        Assert.AreEqual(State, node.SendAll());
        node.HearConfig("7");
        Assert.AreEqual(66, node.Running.WindowSeconds);
    }

    [TestMethod]
    public void A_planned_end_during_the_trial_is_no_failure_of_it()
    {
        ControlledNode node = Applied("6", new ControlFlash());
        node.HearConfig("7");
        node.Controller.End();
        node.Start();
        Assert.AreEqual(66, node.Running.WindowSeconds);
        node.HearConfig("7");
        Assert.AreEqual(67, node.Running.WindowSeconds);
    }

    [TestMethod]
    public void What_is_not_sound_leaves_the_running_one_untouched()
    {
        ControlledNode node = Applied("6", new ControlFlash());
        AgentSettings running = node.Running;
        node.HearConfig("!7");
        Assert.AreSame(running, node.Running);
        Assert.AreEqual("{\"version\":7,\"status\":\"refused\",\"applied\":6,\"reason\":\"windowSeconds: no\"}", node.SendAll());
        node.Inbox.HearConfig(new byte[Limits.ConfigBytes + 1]);
        node.Step();
        Assert.AreSame(running, node.Running);
        Assert.AreEqual("{\"status\":\"refused\",\"applied\":6,\"reason\":\"it has 2049 bytes, at most 2048 are taken\"}", node.SendAll());
    }

    [TestMethod]
    public void A_cleared_retained_message_changes_nothing()
    {
        ControlledNode node = Applied("6", new ControlFlash());
        node.HearConfig(string.Empty);
        Assert.AreEqual(66, node.Running.WindowSeconds);
        Assert.IsFalse(node.Send());
    }

    [TestMethod]
    public void The_confirmed_version_again_is_only_told_and_calls_a_trial_off()
    {
        ControlledNode node = Applied("6", new ControlFlash());
        AgentSettings running = node.Running;
        node.HearConfig("6");
        Assert.AreEqual("{\"version\":6,\"status\":\"applied\",\"applied\":6}", node.SendAll());
        node.HearConfig("7");
        node.HearConfig("6");
        Assert.AreSame(running, node.Running);
        Assert.AreEqual("{\"version\":6,\"status\":\"applied\",\"applied\":6}", node.SendAll());
        node.HearConfig("7");
        Assert.AreEqual(67, node.Running.WindowSeconds);
    }

    [TestMethod]
    public void A_newer_configuration_takes_the_place_of_one_on_trial()
    {
        ControlledNode node = Applied("6", new ControlFlash());
        node.HearConfig("7");
        node.Pass(Limits.ConfigTrialMs - 1);
        node.HearConfig("8");
        node.Pass(Limits.ConfigTrialMs - 1);
        Assert.AreEqual(68, node.Running.WindowSeconds);
        node.Pass(1);
        Assert.AreEqual(66, node.Running.WindowSeconds);
        Assert.StartsWith("{\"version\":8,\"status\":\"rolled-back\"", node.SendAll());
    }

    [TestMethod]
    public void Without_flash_for_it_no_trial_begins()
    {
        ControlFlash flash = new ControlFlash();
        ControlledNode node = Applied("6", flash);
        flash.Takes = false;
        node.HearConfig("7");
        Assert.AreEqual(66, node.Running.WindowSeconds);
        Assert.StartsWith("{\"version\":7,\"status\":\"refused\"", node.SendAll());
    }

    [TestMethod]
    public void A_confirmation_that_flash_does_not_take_is_rolled_back()
    {
        ControlFlash flash = new ControlFlash();
        ControlledNode node = Applied("6", flash);
        node.HearConfig("7");
        flash.Takes = false;
        node.Controller.Confirm(node.Clock.UptimeMs);
        node.Step();
        Assert.AreEqual(66, node.Running.WindowSeconds);
        Assert.EndsWith("\"reason\":\"flash did not take it\"}", node.SendAll());
    }

    [TestMethod]
    public void What_cannot_be_read_any_more_gives_way_to_the_one_before()
    {
        ControlFlash flash = new ControlFlash();
        ControlledNode node = Applied("6", flash);
        Confirm(node, "7");
        flash.Replace("config", Ascii.Bytes("!7"), 2);
        node.Start();
        Assert.AreEqual(66, node.Running.WindowSeconds);
        flash.Replace("config-previous", Ascii.Bytes("!6"), 2);
        node.Start();
        Assert.AreEqual(60, node.Running.WindowSeconds);
    }

    [TestMethod]
    public void A_power_cut_at_any_byte_leaves_the_old_or_the_new_configuration()
    {
        ControlFlash measured = new ControlFlash();
        ControlledNode undisturbed = Applied("6", measured);
        int before = measured.Written;
        Confirm(undisturbed, "7");
        int bytes = measured.Written - before;
        for (int cut = 0; cut <= bytes; cut++)
        {
            ControlFlash flash = new ControlFlash();
            ControlledNode node = Applied("6", flash);
            flash.BytesLeft = cut;
            bool confirmed = Survives(node, "7");
            flash.BytesLeft = int.MaxValue;
            node.Start();
            int window = node.Running.WindowSeconds;
            Assert.IsTrue(window == 67 || (window == 66 && !confirmed));
            Assert.IsFalse(flash.Has("config-trial"));
            Confirm(node, "8");
            Assert.AreEqual(68, node.Running.WindowSeconds);
        }
    }

    [TestMethod]
    public void A_power_cut_at_any_byte_of_a_roll_back_leaves_the_old_configuration()
    {
        for (int cut = 0; cut <= 80; cut++)
        {
            ControlFlash flash = new ControlFlash();
            ControlledNode node = Applied("6", flash);
            node.HearConfig("7");
            flash.BytesLeft = cut;
            try
            {
                node.Pass(Limits.ConfigTrialMs);
            }
            catch (InvalidOperationException)
            {
                // The power was cut.
            }

            flash.BytesLeft = int.MaxValue;
            node.Start();
            Assert.AreEqual(66, node.Running.WindowSeconds);
            Assert.StartsWith("{\"version\":7,\"status\":\"rolled-back\"", node.SendAll());
            node.HearConfig("7");
            Assert.AreEqual(66, node.Running.WindowSeconds);
        }
    }

    [TestMethod]
    public void The_state_is_told_until_it_is_acknowledged_and_at_each_connection()
    {
        ControlledNode node = new ControlledNode(new ControlFlash());
        Assert.IsTrue(node.Send());
        Assert.AreEqual("config/state", node.SentTo);
        Assert.IsTrue(node.Controller.IsRetained);
        node.Controller.Failed();
        Assert.IsTrue(node.Send());
        node.Controller.Acknowledged(0);
        Assert.IsFalse(node.Send());
        node.Controller.StartConnection();
        Assert.IsTrue(node.Send());
    }

    [TestMethod]
    public void A_newer_state_replaces_one_that_was_not_sent_and_follows_one_under_way()
    {
        ControlledNode node = new ControlledNode(new ControlFlash());
        Assert.IsTrue(node.Send());
        node.HearConfig("7");
        node.Controller.Confirm(node.Clock.UptimeMs);
        node.Step();
        node.Controller.Acknowledged(0);
        Assert.IsTrue(node.Send());
        Assert.StartsWith("{\"version\":7,\"status\":\"applied\"", node.Sent);
        node.Controller.Acknowledged(0);
        Assert.IsFalse(node.Send());
    }

    private static ControlledNode Applied(string version, ControlFlash flash)
    {
        ControlledNode node = new ControlledNode(flash);
        Confirm(node, version);
        return node;
    }

    private static void Confirm(ControlledNode node, string version)
    {
        node.HearConfig(version);
        node.Controller.Confirm(node.Clock.UptimeMs);
        node.Step();
        node.SendAll();
    }

    // False: the power was cut before the confirmation was through.
    private static bool Survives(ControlledNode node, string version)
    {
        try
        {
            Confirm(node, version);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
