namespace GatewayAgent.Tests.SurfaceCheck;

/// <summary>What the device can do passes: the check must not frighten people away from it.</summary>
public class CleanSampleTests
{
    private const string Everything = """
        using System;
        using System.Collections;
        using System.Diagnostics;
        using System.Runtime.CompilerServices;
        using System.Text;
        using System.Threading;
        using nanoFramework.M2Mqtt;
        using nanoFramework.M2Mqtt.Messages;

        namespace Sample;

        public interface IShape { int Area { get; } }

        public readonly struct Point
        {
            public Point(int x) { X = x; }
            public int X { get; init; }
            public static Point operator +(in Point a, in Point b) => new(a.X + b.X);
        }

        public abstract class Shape : IShape, IDisposable
        {
            private static readonly byte[] Table = { 1, 2, 3 };
            private readonly object _lock = new();
            private int[][] _jagged = { new[] { 1 }, new[] { 2, 3 } };
            public event Action Changed;
            public abstract int Area { get; }
            public virtual void Dispose() => Changed?.Invoke();

            [MethodImpl(MethodImplOptions.InternalCall)]
            private static extern int Native(byte[] bytes);

            public string Use(object thing, ref int number, out long sum)
            {
                using var stream = new System.IO.MemoryStream();
                sum = 0;
                lock (_lock) { foreach (int[] row in _jagged) foreach (int n in row) sum += n; }
                string kind = thing switch { string s when s.Length > 3 => s.Substring(1), int i => i.ToString("X2"), null => "none", _ => "?" };
                int local(int x) => x + 1;
                number = Math.Min(local(number), int.MaxValue);
                Action closure = () => Debug.WriteLine(kind);
                closure();
                var list = new ArrayList { 1, "a" };
                foreach (object o in list) { kind += o + ", "; }
                try { checkedOff(unchecked((byte)number)); } catch (ArgumentException e) when (e.Message != null) { throw; }
                void checkedOff(byte b) => stream.WriteByte(b);
                Array.Copy(Table, 0, new byte[3], 0, 3);
                Interlocked.Increment(ref number);
                DateTime later = DateTime.UtcNow + TimeSpan.FromSeconds(5);
                ref int first = ref _jagged[0][0];
                first = later > DateTime.UnixEpoch ? BitConverter.ToInt32(Table, 0) : default;
                return $"{kind} {number:D3}" + new StringBuilder().Append('c').Append(3) + string.Format("{0}", sum) + Environment.TickCount64 + "abc"[1];
            }

            public static ushort Publish(MqttClient client, byte[] payload)
            {
                client.MqttMsgPublished += OnPublished;
                return client.Publish("topic", payload, null, null, MqttQoSLevel.AtLeastOnce, false);
            }

            private static void OnPublished(object sender, MqttMsgPublishedEventArgs e) { }

            ~Shape() { }
        }
        """;

    [SharedDataFact]
    public void The_language_and_library_of_the_device_pass() => Assert.Empty(Sample.CheckFile(Everything));
}
