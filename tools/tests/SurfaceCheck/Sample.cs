using GatewayAgent.SurfaceCheck;
using GatewayAgent.SurfaceCheck.Api;
using GatewayAgent.SurfaceCheck.Source;

namespace GatewayAgent.Tests.SurfaceCheck;

/// <summary>Small firmware sources, compiled against the device's API lists.</summary>
internal static class Sample
{
    /// <summary>The line on which <see cref="Check"/> puts a member.</summary>
    public const int MemberLine = 8;

    private static readonly Lazy<DeviceApi> _lists = new(() => DeviceApi.Load(SharedData.Path("nano-api")) ?? throw new InvalidOperationException("no lists in ../shared/nano-api"));

    public static DeviceApi Api => _lists.Value;

    /// <summary>Checks a class with one more member.</summary>
    public static IReadOnlyList<Finding> Check(string member) => CheckFile($$"""
        using System;
        using System.Collections;
        using System.Text;
        using System.Threading;
        namespace Sample;
        public class Class
        {
            {{member}}
            private enum Colour { Red, Green }
            private delegate int Maker();
            private static int[] numbers = new int[] { 3, 1, 2 };
            private static void Work() { numbers[0]++; }
        }
        """);

    /// <summary>Checks a whole file.</summary>
    public static IReadOnlyList<Finding> CheckFile(string source) => SurfaceRules.Run(Api, SurfaceCompilation.Create(Api, source, "Sample.cs"));
}
