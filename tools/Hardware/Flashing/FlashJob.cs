using System.Security.Cryptography;
using System.Text;
using GatewayAgent.Hardware.Boards;

namespace GatewayAgent.Hardware.Flashing;

/// <summary>What makes two runs the same job, and how one takes over what another left.</summary>
internal static class FlashJob
{
    /// <summary>SHA-256 of everything that is put on the board, and of which board.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string Fingerprint(FlashRequest request, Board board, BoardModule module, string mac)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{mac} {board.Id} {module.Id} {request.Erase}\n"));
        hash.AppendData(request.Image.Content.Span);
        IReadOnlyList<string> listed = request.Files == null ? [] : FlashChecks.Sources(request.Files);
        string?[] files = [request.Runtime, request.Network, request.Files, .. listed];
        foreach (string? file in files)
        {
            byte[] content = file == null ? [] : File.ReadAllBytes(file);
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{file != null} {content.Length}\n"));
            hash.AppendData(content);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>The state of a new job.</summary>
    /// <param name="unfinished">A job that did not come to its end; null = none.</param>
    /// <returns>The state, and in words how it begins.</returns>
    /// <exception cref="HardwareException">What the unfinished one wrote, and what this one is to write, make a node that nobody meant.</exception>
    public static (FlashState State, string How) Begin(FlashRequest request, string fingerprint, FlashState? unfinished)
    {
        // What an unfinished run saved is still the board as it came, and what it left half done is to go.
        FlashState? begun = unfinished is { IsBegun: true } ? unfinished : null;

        // Files make it another node: nothing of the one it was may stay, such as what that one has not sent yet.
        bool isErased = request.Erase || request.Files != null || (begun?.Erase ?? false);
        if (begun != null && begun.Begun.Contains(FlashStep.Network) && !isErased && request.Network == null)
        {
            throw new HardwareException(
                "an earlier run, which did not come to its end, has given the board other network settings: give it some again (--network), or make it anew (--erase --files --network)");
        }

        var state = new FlashState { Fingerprint = fingerprint, IsBegun = begun != null, Backup = begun?.Backup, Erase = isErased };
        return (state, $"{(begun == null ? "" : "an earlier run of something else did not come to its end: it begins anew; ")}{(isErased ? "it will be erased" : "")}");
    }

    /// <summary>Takes back steps whose files are gone since.</summary>
    public static void Recheck(FlashState state, FlashPaths paths, ImageSource images)
    {
        if (!state.IsBegun && state.Backup != null && !File.Exists(Path.Combine(paths.Folder, state.Backup)))
        {
            state.Backup = null;
            state.Done.Remove(FlashStep.Backup);
        }

        if (state.Version != null && !state.Done.Contains(FlashStep.Runtime) && images.Find(state.Version) == null)
        {
            state.Done.Remove(FlashStep.Image);
        }
    }
}
