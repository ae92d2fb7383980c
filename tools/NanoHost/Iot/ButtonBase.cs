namespace Iot.Device.Button;

/// <summary>The edges of a button; what the binding makes of their times is not offered here.</summary>
public class ButtonBase : IDisposable
{
    public delegate void ButtonPressedDelegate(object sender, EventArgs e);

    public event ButtonPressedDelegate ButtonDown;

    public event ButtonPressedDelegate ButtonUp;

    public bool IsPressed { get; set; }

    public void Dispose() => Dispose(true);

    protected void HandleButtonPressed()
    {
        if (!IsPressed)
        {
            IsPressed = true;
            ButtonDown?.Invoke(this, new EventArgs());
        }
    }

    protected void HandleButtonReleased()
    {
        if (IsPressed)
        {
            IsPressed = false;
            ButtonUp?.Invoke(this, new EventArgs());
        }
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
