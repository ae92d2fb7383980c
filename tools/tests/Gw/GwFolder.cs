namespace GatewayAgent.Tests.Gw;

/// <summary>A folder for the files of one test, gone when the test ends.</summary>
public abstract class GwFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gw tests ");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected string FileIn(string name) => Path.Combine(_folder.FullName, name);

    protected string Written(string name, byte[] content)
    {
        File.WriteAllBytes(FileIn(name), content);
        return FileIn(name);
    }
}
