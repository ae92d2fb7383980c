using System.Diagnostics;
using System.Globalization;
using GatewayAgent.Mosquitto;
using Npgsql;

namespace GatewayAgent.Tests.Collector.Stores;

/// <summary>
/// A PostgreSQL server of its own on a free loopback port, as a child of this process. It ends with this process, however that ends: a shell waits for the
/// end of its input. The server refuses to run as root; then it runs as the user postgres.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const string User = "gw";
    private const string Password = "p/w: \u00e9%";

    private static readonly TimeSpan _longEnough = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("gw-postgres-").FullName;
    private readonly string _binaries;
    private readonly int _port = LoopbackPort.Find();
    private Process? _shell;
    private int _databases;

    private readonly bool _isDurable;

    private PostgresServer(string binaries, bool isDurable) => (_binaries, _isDurable) = (binaries, isDurable);

    /// <summary>Folder of the server's programs; null where PostgreSQL is not installed, or could not be run as this user.</summary>
    public static string? Binaries { get; } = Find();

    /// <summary>Makes and starts a server.</summary>
    /// <param name="isDurable">It survives a power cut too, as it does by default; tests have no need of that.</param>
    public static PostgresServer Start(bool isDurable = false)
    {
        var server = new PostgresServer(Binaries ?? throw new InvalidOperationException("PostgreSQL is not installed"), isDurable);
        try
        {
            server.Initialise();
            server.Run();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Makes an empty database; its address.</summary>
    public string CreateDatabase()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"store_{Interlocked.Increment(ref _databases)}");
        Execute("postgres", $"CREATE DATABASE {name}");
        return AddressOf(name);
    }

    public string AddressOf(string database, string password = Password) =>
        string.Create(CultureInfo.InvariantCulture, $"postgres://{User}:{Uri.EscapeDataString(password)}@127.0.0.1:{_port}/{database}");

    /// <summary>For looking into a database, or changing it.</summary>
    public NpgsqlConnection Open(string database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = _port,
            Username = User,
            Password = Password,
            Database = database,
            Pooling = false,
        }.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Bytes on disk of the database at an address.</summary>
    public long SizeOf(string address)
    {
        string database = address[(address.LastIndexOf('/') + 1)..];
        using NpgsqlConnection connection = Open(database);
        using var command = new NpgsqlCommand("SELECT pg_database_size(current_database())", connection);
        return (long)command.ExecuteScalar()!;
    }

    public void Execute(string database, string sql)
    {
        using NpgsqlConnection connection = Open(database);
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Stops it at once, as a crash would: without a checkpoint, every transaction under way lost.</summary>
    public void Crash()
    {
        _shell?.StandardInput.WriteLine("keep");
        End();
    }

    /// <summary>Kills it (SIGKILL) together with all that serve its connections.</summary>
    public void Kill()
    {
        int server = int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        foreach (int process in ChildrenOf(server).Prepend(server))
        {
            KillNow(process);
        }

        // The shell, whose child it is, waits for its end.
        Crash();
    }

    /// <summary>Starts it again after <see cref="Crash"/> or <see cref="Kill"/>; on return it takes connections.</summary>
    public void Run()
    {
        // SIGQUIT is the server's immediate shutdown.
        string[] server = AsServer(
            "postgres", "-D", Data, "-p", _port.ToString(CultureInfo.InvariantCulture), "-h", "127.0.0.1", "-k", "", "-c", "max_connections=50",
            "-c", _isDurable ? "fsync=on" : "fsync=off");
        const string Script = "\"$@\" > \"$LOG\" 2>&1 & server=$!; read -r keep; kill -QUIT $server 2> /dev/null; wait $server; [ -n \"$keep\" ] || rm -rf \"$FOLDER\"";
        _shell = Process.Start(new ProcessStartInfo("sh", ["-c", Script, "sh", .. server])
        {
            RedirectStandardInput = true,
            Environment = { ["LOG"] = Path.Combine(_folder, "log"), ["FOLDER"] = _folder },
        })!;
        long start = Stopwatch.GetTimestamp();
        while (!Answers())
        {
            if (_shell.HasExited || Stopwatch.GetElapsedTime(start) > _longEnough)
            {
                throw new InvalidOperationException($"PostgreSQL does not start: {File.ReadAllText(Path.Combine(_folder, "log"))}");
            }

            Thread.Sleep(50);
        }
    }

    public void Dispose()
    {
        End();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private string Data => Path.Combine(_folder, "data");

    private void Initialise()
    {
        string passwordFile = Path.Combine(_folder, "password");
        File.WriteAllText(passwordFile, Password);
        Directory.CreateDirectory(Data);
        if (Environment.IsPrivilegedProcess)
        {
            Complete(new ProcessStartInfo("chown") { ArgumentList = { "-R", "postgres", _folder } });
        }

        string[] initialise = AsServer("initdb", "-D", Data, "-U", User, "--auth=scram-sha-256", $"--pwfile={passwordFile}", "--no-sync", "-E", "UTF8", "--locale=C");
        Complete(new ProcessStartInfo(initialise[0], initialise.Skip(1)));
    }

    // The shell then removes the folder, too, unless it was told to keep it.
    private void End()
    {
        _shell?.StandardInput.Close();
        _shell?.WaitForExit(_longEnough);
        _shell?.Dispose();
        _shell = null;
    }

    private static IEnumerable<int> ChildrenOf(int process) =>
        Directory.GetDirectories($"/proc/{process}/task").SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToArray();

    private static void KillNow(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            found.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended by itself.
        }
    }

    private string[] AsServer(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(_binaries, program), .. arguments];
        return Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. command] : command;
    }

    private bool Answers()
    {
        try
        {
            Open("postgres").Dispose();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static void Complete(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string told = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{start.FileName}: {told}");
        }
    }

    private static string? Find()
    {
        bool canRun = !Environment.IsPrivilegedProcess || (File.Exists("/usr/bin/setpriv") && File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)));
        string? debian = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).LastOrDefault() : null;
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), .. debian == null ? (string[])[] : [Path.Combine(debian, "bin")]];
        return canRun ? folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb"))) : null;
    }
}
