using GatewayAgent.Provisioning.Serial;

namespace GatewayAgent.Doctor.Log;

/// <summary>Follows a board's serial port until it is stopped, also over the times when the port is gone.</summary>
/// <param name="port">Its path.</param>
/// <param name="baud">Its speed.</param>
/// <param name="tell">Told when the port goes and comes.</param>
public sealed class BoardWatch(string port, int baud, Action<string> tell)
{
    private static readonly TimeSpan _lookAgain = TimeSpan.FromMilliseconds(250), _slice = TimeSpan.FromMilliseconds(100);

    /// <summary>Calls with each line.</summary>
    /// <exception cref="SerialException">The port cannot be opened in the first place.</exception>
    public void Follow(Action<string> show, bool isRestarted, CancellationToken stop)
    {
        bool isFirst = true;
        Watch(
            () => BoardEar.Open(port, baud),
            ear =>
            {
                Restart(ear.Restart, isRestarted && isFirst);
                isFirst = false;
                bool isAnswered = false;
                while (!stop.IsCancellationRequested)
                {
                    foreach (string line in ear.Hear())
                    {
                        show(line);
                    }

                    if (ear.IsAnswered && !isAnswered)
                    {
                        isAnswered = true;
                        tell("the runtime answers: its log is on");
                    }
                }
            },
            stop);
    }

    /// <summary>Copies bytes as they come.</summary>
    /// <exception cref="SerialException">The port cannot be opened in the first place.</exception>
    public void Copy(Stream output, bool isRestarted, CancellationToken stop)
    {
        bool isFirst = true;
        byte[] buffer = new byte[4096];
        Watch(
            () => SerialPort.Open(port, baud),
            line =>
            {
                Restart(() => BoardEar.Restart(line), isRestarted && isFirst);
                isFirst = false;
                while (!stop.IsCancellationRequested)
                {
                    output.Write(buffer, 0, line.Read(buffer, _slice));
                    output.Flush();
                }
            },
            stop);
    }

    private static void Restart(Action restart, bool isWanted)
    {
        if (isWanted)
        {
            restart();
        }
    }

    private void Watch<T>(Func<T> open, Action<T> follow, CancellationToken stop)
        where T : IDisposable
    {
        // The first failure is the user's to see; later ones are a cable that was pulled.
        T line = open();
        while (true)
        {
            try
            {
                using (line)
                {
                    follow(line);
                    return;
                }
            }
            catch (SerialException)
            {
                tell($"{port} is gone; waiting for it");
            }

            if (!TryOpen(open, out line, stop))
            {
                return;
            }

            tell($"{port} is back");
        }
    }

    private static bool TryOpen<T>(Func<T> open, out T line, CancellationToken stop)
    {
        while (!stop.WaitHandle.WaitOne(_lookAgain))
        {
            try
            {
                line = open();
                return true;
            }
            catch (SerialException)
            {
                // Not there yet, or its permissions are not set yet.
            }
        }

        line = default!;
        return false;
    }
}
