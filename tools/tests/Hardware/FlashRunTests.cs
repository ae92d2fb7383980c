using GatewayAgent.Hardware;
using GatewayAgent.Hardware.Flashing;
using GatewayAgent.StandIns;
using GatewayAgent.Tests.Hardware.Bench;

namespace GatewayAgent.Tests.Hardware;

/// <summary>Whole runs of <c>gw flash</c> over stand-ins of nanoff and esptool, with a failure wherever one can be.</summary>
public sealed class FlashRunTests
{
    private const string Finished = "ESP32_C3 1.17.0.100; agent of 27 assemblies; agent.json+ca.pem; network";

    public static TheoryData<string> Boards => HardwareFolder.Boards;

    [Theory]
    [MemberData(nameof(Boards))]
    public void A_bare_board_of_every_kind_gets_runtime_settings_and_agent(string id)
    {
        using var bench = new FlashBench(id);
        bench.Run(bench.Request());
        Assert.Equal($"{bench.Module.Image} 1.17.0.100; agent of 27 assemblies; agent.json+ca.pem; network", bench.BoardNow());
        Assert.Equal($"0x{bench.Module.Deployment.Offset:X}", File.ReadAllText(bench.At("board/address")).Trim());
        Assert.Equal(bench.Module.Deployment.Size, new FileInfo(bench.At("board/deploy.bin")).Length);
        Assert.Equal(["chip", "fetch", "backup", "deploy", "update", "runtime", "files", "network", "deploy", "runtime"], bench.Calls);
        Assert.Contains("--masserase", bench.Log.Single(line => line.StartsWith("update", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_board_is_found_out_without_being_named()
    {
        using var bench = new FlashBench("esp32-s3-devkitc-1", "N16R8");
        bench.Run(bench.Request(request => request with { BoardId = null }));
        Assert.StartsWith("ESP32_S3_OCTAL", bench.BoardNow(), StringComparison.Ordinal);
        Assert.Contains(bench.View.Lines, line => line.StartsWith("done: ESP32-S3-DevKitC-1 N16R8", StringComparison.Ordinal));
    }

    [Fact]
    public void A_node_keeps_its_settings_and_has_no_agent_from_the_first_write_to_the_last()
    {
        using var bench = new FlashBench();
        bench.MakeNode();
        var seen = new List<string>();
        bench.View.Begun = step => seen.Add($"{step}: {bench.BoardNow()}");
        bench.Run(bench.Request(request => request with { Files = null, Network = null }));
        Assert.Equal("ESP32_C3 1.17.0.100; agent of 27 assemblies; agent.json; no network", bench.BoardNow());
        Assert.DoesNotContain(bench.Log, line => line.Contains("--masserase", StringComparison.Ordinal));
        Assert.Contains("OldAgent: ESP32_C3 1.17.0.90; agent of 1 assemblies; agent.json; no network", seen);
        Assert.Contains("Runtime: ESP32_C3 1.17.0.90; no agent; agent.json; no network", seen);
        Assert.Contains("Agent: ESP32_C3 1.17.0.100; no agent; agent.json; no network", seen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_node_is_erased_when_asked_or_when_it_runs_another_image(bool isAsked)
    {
        using var bench = new FlashBench();
        bench.MakeNode();
        if (!isAsked)
        {
            bench.Put("board/runtime", "ESP32_C3_BETA 1.17.0.90\n");
        }

        bench.Run(bench.Request(request => request with { Erase = isAsked, Files = null }));
        Assert.Equal("ESP32_C3 1.17.0.100; agent of 27 assemblies; no files; network", bench.BoardNow());
    }

    [Fact]
    public void A_node_that_is_given_files_is_another_node_and_nothing_of_the_one_it_was_stays()
    {
        using var bench = new FlashBench();
        bench.MakeNode();
        bench.Put("board/files/journal", "what the other one has not sent");
        bench.Run(bench.Request());
        Assert.Equal(Finished, bench.BoardNow());
    }

    [Fact]
    public void What_an_unfinished_run_erased_is_erased_again_by_another_job()
    {
        using var bench = new FlashBench();
        bench.Fail("network", 1, "2002");
        Assert.Throws<FlashException>(() => bench.Run(bench.Request()));
        bench.Repair();
        bench.Run(bench.Request(request => request with { Files = null, Network = null }));
        Assert.Equal("ESP32_C3 1.17.0.100; agent of 27 assemblies; no files; no network", bench.BoardNow());
        Assert.Equal(2, bench.View.Questions);
    }

    [Theory]
    [InlineData("chip", 1, "4000", FlashStep.Board, "E4000: the chip's boot loader did not answer", "as it was")]
    [InlineData("chip", 1, "6000", FlashStep.Board, "E6000: the port cannot be opened", "as it was")]
    [InlineData("fetch", 1, "9007", FlashStep.Image, "E9007: the image cannot be downloaded", "as it was")]
    [InlineData("backup", 1, "4004", FlashStep.Backup, "E4004: the flash could not be read (nanoff: Failed to read from ESP32 flash. (Timeout))", "as it was")]
    [InlineData("backup", 1, "unfinished", FlashStep.Backup, "the backup is not whole", "as it was")]
    [InlineData("backup", 1, "4000 No space left on device : '/home/me'", FlashStep.Backup, "E4000: this machine's disk is full (nanoff: ", "as it was")]
    [InlineData("deploy", 1, "4003", FlashStep.OldAgent, "E4003: the flash could not be written", "still runs, or nothing does; its settings and files are as they were")]
    [InlineData("update", 1, "4003", FlashStep.Runtime, "E4003: the flash could not be written: a bad cable", "no agent")]
    [InlineData("update", 1, "9015", FlashStep.Runtime, "E9015: the folder of images has no such image", "no agent")]
    [InlineData("files", 1, "2000", FlashStep.Files, "E2000: the runtime on the board does not answer", "no agent")]
    [InlineData("files", 1, "unfinished", FlashStep.Files, "nanoff ended well, but: Error deploying content file ca.pem to I:\\ca.pem", "no agent")]
    [InlineData("network", 1, "2002", FlashStep.Network, "E2002: the runtime on the board refused", "no agent")]
    [InlineData("deploy", 2, "4003", FlashStep.Agent, "MD5 of file does not match data in flash", "may not be whole")]
    public void A_step_that_fails_is_told_leaves_no_half_configured_node_and_the_next_run_goes_on(
        string operation, int nth, string how, FlashStep step, string reason, string aftermath)
    {
        using var bench = new FlashBench();
        bench.MakeNode();
        bench.Fail(operation, nth, how);
        FlashException failed = Assert.Throws<FlashException>(() => bench.Run(bench.Request()));
        Assert.Equal(step, failed.Step);
        Assert.Contains(reason, failed.Message, StringComparison.Ordinal);
        Assert.Contains(aftermath, failed.Aftermath, StringComparison.Ordinal);
        Assert.StartsWith(
            step switch
            {
                <= FlashStep.OldAgent => "ESP32_C3 1.17.0.90; agent of 1 assemblies",
                FlashStep.Runtime => "ESP32_C3 1.17.0.90; no agent",
                _ => "ESP32_C3 1.17.0.100; no agent",
            },
            bench.BoardNow(),
            StringComparison.Ordinal);

        // The cable is pulled, too: the same is so still, and nothing is forgotten.
        string[] before = bench.Calls;
        bench.Fail("chip", 1, "4005");
        FlashException pulled = Assert.Throws<FlashException>(() => bench.Run(bench.Request()));
        Assert.Equal(FlashStep.Board, pulled.Step);
        Assert.Equal("This run wrote nothing: the board is as it was.", pulled.Aftermath);
        bench.Repair();
        bench.Run(bench.Request());
        Assert.Equal(Finished, bench.BoardNow());
        string[] again = bench.Calls[(before.Length + 1)..];
        Assert.Equal(step > FlashStep.Image ? 0 : 1, again.Count(call => call == "fetch"));
        Assert.Equal(step > FlashStep.Backup ? 0 : 1, again.Count(call => call == "backup"));
        Assert.Equal(step > FlashStep.Runtime ? 0 : 1, again.Count(call => call == "update"));
        Assert.Equal(step > FlashStep.Files ? 0 : 1, again.Count(call => call == "files"));
        Assert.Single(Directory.GetFiles(bench.Folder, "backup-*.bin", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_runtime_that_takes_its_time_is_asked_again()
    {
        using var bench = new FlashBench();
        bench.View.Begun = step =>
        {
            if (step == FlashStep.RuntimeCheck)
            {
                bench.Fail("runtime", 1, "2001");
            }
        };
        bench.Run(bench.Request());
        Assert.Equal(Finished, bench.BoardNow());
    }

    [Fact]
    public void A_runtime_that_never_answers_ends_the_run_before_anything_is_configured()
    {
        using var bench = new FlashBench();
        bench.View.Begun = step =>
        {
            if (step == FlashStep.RuntimeCheck)
            {
                File.Delete(bench.At("board/runtime"));
            }
        };
        FlashException failed = Assert.Throws<FlashException>(() => bench.Run(bench.Request()));
        Assert.Equal(FlashStep.RuntimeCheck, failed.Step);
        Assert.Contains("E2001", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("files", bench.Calls);
        Assert.Equal(5, bench.Calls.Count(call => call == "runtime"));
    }

    [Fact]
    public void A_write_that_changed_nothing_is_noticed()
    {
        using var bench = new FlashBench();
        bench.MakeNode();
        bench.View.Begun = step =>
        {
            if (step == FlashStep.RuntimeCheck)
            {
                bench.Put("board/runtime", "ESP32_C3 1.17.0.90\n");
            }
        };
        FlashException failed = Assert.Throws<FlashException>(() => bench.Run(bench.Request()));
        Assert.Contains("the board runs ESP32_C3 1.17.0.90, not ESP32_C3 1.17.0.100", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_agent_that_the_runtime_does_not_load_is_noticed()
    {
        using var bench = new FlashBench();
        FlashRequest request = bench.Request();
        bench.Put("assemblies.txt", "  mscorlib, 1.17.11.0\n");
        FlashException failed = Assert.Throws<FlashException>(() => bench.Run(request));
        Assert.Equal(FlashStep.AgentCheck, failed.Step);
        Assert.Contains("GatewayAgent.App 0.1.0.0", failed.Message, StringComparison.Ordinal);
        Assert.Equal("The agent was written; whether it runs is not known.", failed.Aftermath);
    }

    [Fact]
    public void Esptool_is_a_second_opinion_of_the_chip_and_of_what_was_written()
    {
        using var bench = new FlashBench { HasEsptool = true };
        bench.Put("verify-differs", "");
        FlashException failed = Assert.Throws<FlashException>(() => bench.Run(bench.Request()));
        Assert.Equal(FlashStep.AgentCheck, failed.Step);
        Assert.Contains("Verify failed", failed.Message, StringComparison.Ordinal);
        File.Delete(bench.At("verify-differs"));
        bench.Run(bench.Request());
        bench.Put("esptool.txt", "Chip is ESP32-C3 (revision v0.4)\nDetected flash size: 2MB\n");
        failed = Assert.Throws<FlashException>(() => bench.Run(bench.Request()));
        Assert.Contains("nanoff sees ESP32-C3", failed.Message, StringComparison.Ordinal);
        Assert.Contains("2 MB of flash", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_node_is_waited_for_at_its_broker_and_a_later_run_goes_on_with_the_waiting()
    {
        using var bench = new FlashBench();
        var boot = new FirstBoot { Known = 7 };
        FlashException failed = Assert.Throws<FlashException>(() => bench.Run(bench.Request(), boot));
        Assert.Equal(FlashStep.Online, failed.Step);
        Assert.Equal("The agent is on the board, and loaded.", failed.Aftermath);
        int calls = bench.Calls.Length;
        bench.Run(bench.Request(), new FirstBoot { Known = 8, Comes = "home-1/kitchen is online" });
        Assert.Equal(["chip"], bench.Calls[calls..]);
        Assert.Equal("done: home-1/kitchen is online (not 7)", bench.View.Lines[^1]);
    }

    [Fact]
    public void A_boot_from_before_is_not_taken_for_the_new_one_where_only_a_later_run_asks_the_broker()
    {
        using var bench = new FlashBench();
        bench.Fail("network", 1, "2002");
        Assert.Throws<FlashException>(() => bench.Run(bench.Request()));
        bench.Repair();
        bench.Run(bench.Request(), new FirstBoot { Known = 7, Comes = "home-1/kitchen is online" });
        Assert.Equal("done: home-1/kitchen is online (not 7)", bench.View.Lines[^1]);
    }

    [Fact]
    public void Another_node_than_before_is_waited_for_with_its_own_boot()
    {
        using var bench = new FlashBench();
        Assert.Throws<FlashException>(() => bench.Run(bench.Request(), new FirstBoot { Known = 7 }));
        bench.Run(bench.Request(), new FirstBoot { Node = "home-1/attic", Known = 8, Comes = "home-1/attic is online" });
        Assert.Equal("done: home-1/attic is online (not 8)", bench.View.Lines[^1]);
    }

    [Fact]
    public void What_the_broker_knows_is_asked_before_the_board_is_looked_at()
    {
        using var bench = new FlashBench();
        var boot = new FirstBoot { Comes = "home-1/kitchen is online", Asked = () => Assert.Empty(bench.Calls) };
        bench.Run(bench.Request(), boot);
        Assert.Equal(Finished, bench.BoardNow());
    }

    [Fact]
    public void Nothing_is_written_without_a_yes_and_a_yes_is_asked_once()
    {
        using var bench = new FlashBench();
        bench.View.Answer = false;
        HardwareException refused = Assert.Throws<HardwareException>(() => bench.Run(bench.Request()));
        Assert.Contains("nothing was written", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("update", bench.Calls);
        bench.View.Answer = true;
        bench.Fail("files", 1, "2000");
        Assert.Throws<FlashException>(() => bench.Run(bench.Request()));
        bench.Repair();
        bench.Run(bench.Request());
        Assert.Equal(2, bench.View.Questions);
    }

    [Fact]
    public void A_wish_to_stop_ends_a_reading_step_at_once_and_a_writing_one_after_it()
    {
        using var bench = new FlashBench();
        using var stop = new CancellationTokenSource();
        bench.Fail("backup", 1, "hang");
        bench.View.Begun = step => stop.CancelAfter(step == FlashStep.Backup ? 200 : -1);
        Assert.ThrowsAny<OperationCanceledException>(() => bench.Run(bench.Request(), stop: stop.Token));
        Assert.Equal("no runtime; no agent; no files; no network", bench.BoardNow());

        bench.Repair();
        using var later = new CancellationTokenSource();
        bench.View.Begun = step =>
        {
            if (step == FlashStep.Runtime)
            {
                later.Cancel();
            }
        };
        Assert.ThrowsAny<OperationCanceledException>(() => bench.Run(bench.Request(), stop: later.Token));
        Assert.Equal("ESP32_C3 1.17.0.100; no agent; no files; no network", bench.BoardNow());
        bench.Run(bench.Request());
        Assert.Equal(Finished, bench.BoardNow());
        Assert.Single(bench.Calls, "update");
    }

    [Fact]
    public void What_another_agent_is_to_be_flashed_begins_anew_and_keeps_the_first_backup()
    {
        using var bench = new FlashBench();
        bench.Fail("files", 1, "2000");
        Assert.Throws<FlashException>(() => bench.Run(bench.Request()));
        bench.Repair();
        bench.Agent["GatewayAgent.App"] = PeBuilder.Make("GatewayAgent.App", "0.2.0.0");
        bench.Run(bench.Request());
        Assert.Equal(2, bench.Calls.Count(call => call == "update"));
        Assert.Single(bench.Calls, "backup");
    }

    [Fact]
    public void Another_board_at_the_same_port_is_another_job()
    {
        using var bench = new FlashBench();
        bench.Fail("files", 1, "2000");
        Assert.Throws<FlashException>(() => bench.Run(bench.Request()));
        bench.Repair();
        bench.Put("chip.txt", File.ReadAllText(bench.At("chip.txt")).Replace("00:11:22", "00:11:23", StringComparison.Ordinal));
        bench.Run(bench.Request());
        Assert.Equal(2, bench.Calls.Count(call => call == "update"));
        Assert.Equal(2, bench.Calls.Count(call => call == "backup"));
    }

    [Fact]
    public void Other_content_of_a_file_that_the_list_names_begins_anew_with_it()
    {
        using var bench = new FlashBench();
        bench.Fail("network", 1, "2002");
        Assert.Throws<FlashException>(() => bench.Run(bench.Request()));
        bench.Repair();
        bench.Put("node/agent.json", "{ \"home\": \"home-2\" }");
        bench.Run(bench.Request());
        Assert.Equal(Finished, bench.BoardNow());
        Assert.Equal("{ \"home\": \"home-2\" }", File.ReadAllText(bench.At("board/files/agent.json")));
        Assert.Contains(bench.View.Lines, line => line.Contains("an earlier run of something else did not come to its end: it begins anew", StringComparison.Ordinal));
    }

    [Fact]
    public void New_network_settings_of_an_unfinished_run_do_not_stay_beside_the_old_nodes_files()
    {
        using var bench = new FlashBench();
        bench.MakeNode();
        bench.Fail("deploy", 2, "4003");
        Assert.Throws<FlashException>(() => bench.Run(bench.Request(request => request with { Files = null })));
        bench.Repair();
        string between = bench.BoardNow();
        FlashException refused = Assert.Throws<FlashException>(() => bench.Run(bench.Request(request => request with { Files = null, Network = null })));
        Assert.Contains("has given the board other network settings", refused.Message, StringComparison.Ordinal);
        Assert.Equal("This run wrote nothing: the board is as it was.", refused.Aftermath);
        Assert.Equal(between, bench.BoardNow());
        bench.Run(bench.Request(request => request with { Files = null }));
        Assert.Equal("ESP32_C3 1.17.0.100; agent of 27 assemblies; agent.json; network", bench.BoardNow());
    }

    [Fact]
    public void A_node_that_takes_its_time_is_not_erased_for_that()
    {
        using var bench = new FlashBench();
        bench.MakeNode();
        bench.Put("fail", "runtime 1 2001\nruntime 2 2001\n");
        bench.Run(bench.Request(request => request with { Files = null, Network = null }));
        Assert.Equal("ESP32_C3 1.17.0.100; agent of 27 assemblies; agent.json; no network", bench.BoardNow());
        string update = bench.Log.Single(line => line.StartsWith("update", StringComparison.Ordinal));
        Assert.Contains("--nobackupconfig", update, StringComparison.Ordinal);
        Assert.DoesNotContain("--masserase", update, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_a_board_is_to_be_erased_is_told()
    {
        using var bench = new FlashBench();
        bench.Run(bench.Request(request => request with { Files = null }));
        Assert.Contains(bench.View.Lines, line => line.EndsWith("; it will be erased, for no runtime answers", StringComparison.Ordinal));
        bench.Put("board/runtime", "ESP32_C3_BETA 1.17.0.90\n");
        bench.Run(bench.Request(request => request with { Files = null }));
        Assert.Contains(bench.View.Lines, line => line.EndsWith("; it will be erased, for it runs ESP32_C3_BETA", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("9007", "E9007: the image cannot be downloaded")]
    [InlineData("crash System.Net.Http.HttpRequestException: Name or service not known (api.cloudsmith.io:443)", "nanoff ended with exit code 134 (nanoff: Unhandled exception. System.Net.Http.HttpRequestException")]
    public void Without_a_network_the_image_that_was_fetched_before_does(string how, string told)
    {
        using var bench = new FlashBench();
        bench.Fail("fetch", 1, how);
        FlashException failed = Assert.Throws<FlashException>(() => bench.Run(bench.Request()));
        Assert.Contains(told, failed.Message, StringComparison.Ordinal);
        bench.Repair();
        bench.Run(bench.Request());
        bench.Fail("fetch", 1, how);
        bench.Run(bench.Request(request => request with { Restart = true }));
        Assert.Contains(bench.View.Lines, line => line.Contains($"belong together (fetched earlier; now: {told}", StringComparison.Ordinal));
        Assert.Equal(Finished, bench.BoardNow());
    }

    [Fact]
    public void Half_an_image_of_an_interrupted_download_does_not_stay_in_the_way()
    {
        using var bench = new FlashBench();
        using var stop = new CancellationTokenSource();
        string half = bench.At($"kept/images/{bench.Module.Image}-1.17.0.100.zip");
        bench.Fail("fetch", 1, "unfinished");
        Task run = Task.Run(() => bench.Run(bench.Request(), stop: stop.Token));
        Assert.True(SpinWait.SpinUntil(() => File.Exists(half), TimeSpan.FromMinutes(1)));
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(run.GetAwaiter().GetResult);
        bench.Repair();
        FlashException told = Assert.Throws<FlashException>(() => bench.Run(bench.Request()));
        Assert.Contains("it was deleted, and the next run fetches it again", told.Message, StringComparison.Ordinal);
        bench.Run(bench.Request());
        Assert.Equal(Finished, bench.BoardNow());
    }

    [Theory]
    [InlineData("deploy", 1, 2)]
    [InlineData("files", 1, 1)]
    public void An_image_that_is_gone_between_two_runs_is_fetched_again_while_it_is_needed(string operation, int nth, int fetched)
    {
        using var bench = new FlashBench();
        bench.Fail(operation, nth, "4003");
        Assert.Throws<FlashException>(() => bench.Run(bench.Request()));
        bench.Repair();
        Directory.Delete(bench.At("kept/images"), recursive: true);
        bench.Run(bench.Request());
        Assert.Equal(Finished, bench.BoardNow());
        Assert.Equal(fetched, bench.Calls.Count(call => call == "fetch"));
    }

    [Fact]
    public void Half_a_backup_is_not_kept()
    {
        using var bench = new FlashBench();
        bench.Fail("backup", 1, "4000 Lost connection");
        Assert.Throws<FlashException>(() => bench.Run(bench.Request()));
        Assert.Empty(Directory.GetFiles(bench.Folder, "backup-*.bin", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_backup_that_is_gone_before_anything_was_written_is_made_again()
    {
        using var bench = new FlashBench();
        bench.View.Answer = false;
        Assert.Throws<HardwareException>(() => bench.Run(bench.Request()));
        File.Delete(Directory.GetFiles(bench.Folder, "backup-1.bin", SearchOption.AllDirectories).Single());
        bench.View.Answer = true;
        bench.Run(bench.Request());
        Assert.Single(Directory.GetFiles(bench.Folder, "backup-1.bin", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(FlashStep.Board)]
    [InlineData(FlashStep.Image)]
    [InlineData(FlashStep.OldAgent)]
    [InlineData(FlashStep.Runtime)]
    [InlineData(FlashStep.Files)]
    [InlineData(FlashStep.Agent)]
    [InlineData(FlashStep.AgentCheck)]
    public void A_disk_that_takes_nothing_more_ends_the_run_in_order(FlashStep step)
    {
        using var bench = new FlashBench();
        string inTheWay = bench.At("kept/6055F9001122/flash-state.json.new");
        bench.View.Begun = begun =>
        {
            if (begun == step)
            {
                // A folder of that name: whoever runs the test, the file cannot be written.
                Directory.CreateDirectory(inTheWay);
            }
        };
        FlashException full = Assert.Throws<FlashException>(() => bench.Run(bench.Request()));
        Assert.Equal(step, full.Step);
        Assert.Contains("flash-state.json.new", full.Message, StringComparison.Ordinal);
        bench.View.Begun = null;
        Directory.Delete(inTheWay);
        bench.Run(bench.Request());
        Assert.Equal(Finished, bench.BoardNow());
    }

    [Fact]
    public void Two_runs_at_the_same_port_do_not_get_into_each_others_way()
    {
        using var bench = new FlashBench();
        using var other = new FlashBench();
        HardwareException? refused = null;
        bench.View.Begun = step =>
        {
            if (step == FlashStep.Runtime)
            {
                refused = Assert.Throws<HardwareException>(() => other.Run(other.Request(request => request with { Folder = bench.Folder })));
            }
        };
        bench.Run(bench.Request());
        Assert.Equal("another gw flash is at work on /dev/ttyBENCH", refused?.Message);
        Assert.Empty(other.Calls);
        Assert.Equal(Finished, bench.BoardNow());
        other.Run(other.Request(request => request with { Folder = bench.Folder, Restart = true }));
    }

    [Theory]
    [InlineData("fetch")]
    [InlineData("update")]
    public async Task Two_boards_at_once_take_turns_where_nanoff_has_one_folder_for_both(string operation)
    {
        using var bench = new FlashBench();
        using var other = new FlashBench();
        FlashRequest second = other.Request(request => request with { Folder = bench.Folder, Port = "/dev/ttyOTHER" });
        other.Put("chip.txt", File.ReadAllText(other.At("chip.txt")).Replace("00:11:22", "00:11:23", StringComparison.Ordinal));
        other.View.Waiting = () =>
        {
            Assert.Equal(["chip"], other.Calls);
            bench.Put("go", "");
        };
        bench.Fail(operation, 1, "slow");
        Task first = Task.Run(() => bench.Run(bench.Request()));
        Assert.True(SpinWait.SpinUntil(() => bench.Calls.Contains(operation), TimeSpan.FromMinutes(1)));
        other.Run(second);
        await first;
        Assert.Contains("waits for another gw flash, which fetches or writes a runtime", other.View.Lines);
        Assert.Equal((Finished, Finished), (bench.BoardNow(), other.BoardNow()));
    }

    [Fact]
    public void Esptool_that_does_not_know_the_flash_contradicts_nobody()
    {
        using var bench = new FlashBench { HasEsptool = true };
        bench.Put("esptool.txt", "Chip type:          ESP32-C3 (revision v0.4)\nDetected flash size: Unknown\n");
        bench.Run(bench.Request());
        Assert.Equal(Finished, bench.BoardNow());
    }

    [Fact]
    public void Another_chip_at_the_same_port_is_refused_and_the_first_one_goes_on_later()
    {
        using var bench = new FlashBench();
        bench.Fail("files", 1, "2000");
        Assert.Throws<FlashException>(() => bench.Run(bench.Request()));
        bench.Repair();
        string first = File.ReadAllText(bench.At("chip.txt"));
        bench.Put("chip.txt", first.Replace("ESP32-C3", "ESP32-S3", StringComparison.Ordinal).Replace("00:11:22", "00:11:23", StringComparison.Ordinal));
        FlashException refused = Assert.Throws<FlashException>(() => bench.Run(bench.Request()));
        Assert.Contains("wrong chip", refused.Message, StringComparison.Ordinal);
        Assert.Equal("This run wrote nothing: the board is as it was.", refused.Aftermath);
        bench.Put("chip.txt", first);
        bench.Run(bench.Request());
        Assert.Equal(Finished, bench.BoardNow());
        Assert.Single(bench.Calls, "update");
    }

    [Fact]
    public void Backups_lie_where_only_their_owner_can_look()
    {
        using var bench = new FlashBench();
        bench.Run(bench.Request());
        string folder = Path.GetDirectoryName(Directory.GetFiles(bench.Folder, "backup-1.bin", SearchOption.AllDirectories).Single())!;
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(folder) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Fact]
    public void Progress_is_passed_on()
    {
        using var bench = new FlashBench();
        bench.Run(bench.Request());
        Assert.Equal([50, 100, 50, 100, 50, 100], bench.View.Percents);
    }

    [Fact]
    public void Progress_is_read_as_every_country_writes_it()
    {
        using var bench = new FlashBench();
        string german = File.ReadAllText(bench.At("nanoff")).Replace("#!/bin/bash", "#!/bin/bash\nset -o pipefail", StringComparison.Ordinal).Replace("exec bash", "bash", StringComparison.Ordinal);
        bench.Put("nanoff", $"{german.TrimEnd()} | sed 's/50[.]0%/50,5%/g'\n");
        bench.Run(bench.Request());
        Assert.Contains(50.5, bench.View.Percents);
    }

    private sealed class FirstBoot : IFirstBoot
    {
        public string? Node { get; init; } = "home-1/kitchen";

        public uint? Known { get; init; }

        public string? Comes { get; init; }

        public Action? Asked { get; init; }

        public uint? Now()
        {
            Asked?.Invoke();
            return Known;
        }

        public string Await(uint? before, CancellationToken stop) => Comes == null ? throw new HardwareException("it did not come") : $"{Comes} (not {before})";
    }
}
