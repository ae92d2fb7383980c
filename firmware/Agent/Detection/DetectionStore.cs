using GatewayAgent.Ports;

namespace GatewayAgent.Detection;

/// <summary>Keeps on flash what detection has learned: baselines take weeks to learn. Runs on the uplink thread.</summary>
public sealed class DetectionStore
{
    private const string FileName = "detection";
    private const int RetryMs = 3600000;

    private readonly Deterioration _detection;
    private readonly IFlash _flash;
    private readonly byte[] _buffer = new byte[SavedState.Bytes];
    private long _nextTry;

    /// <param name="detection">What learns.</param>
    /// <param name="flash">Null: nothing outlives the boot.</param>
    public DetectionStore(Deterioration detection, IFlash flash)
    {
        _detection = detection;
        _flash = flash;
    }

    /// <summary>Goes on from what an earlier boot has kept, if it can be read.</summary>
    public void Load()
    {
        int length = _flash == null ? -1 : _flash.Read(FileName, 0, _buffer, _buffer.Length);
        if (length > 0)
        {
            _detection.Load(_buffer, length);
        }
    }

    /// <summary>Keeps it when it is worth it, or before a planned end.</summary>
    /// <param name="now">Uptime, ms.</param>
    /// <param name="isEnding">Whether it is worth it or not.</param>
    public void Keep(long now, bool isEnding)
    {
        if (_flash == null || now < _nextTry || !(isEnding || _detection.IsDirty))
        {
            return;
        }

        if (!_flash.Replace(FileName, _buffer, _detection.Save(_buffer)))
        {
            // A flash that fails is not tried every second.
            _detection.SaveFailed();
            _nextTry = now + RetryMs;
        }
    }
}
