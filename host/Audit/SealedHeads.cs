using Modular.Host.Disk;
using Modular.Host.Start;

namespace Modular.Host.Audit;

/// <summary>
/// The heads of each practice's chain in an append-only file outside the database: whoever rewrites the whole chain
/// inside the database still contradicts these.
/// </summary>
public sealed class SealedHeads(StartOptions options)
{
    private readonly Lazy<Guid> host = new(() => ReadHost(options) ?? MakeHost(options));

    /// <summary>Names the folder of heads: seals say in which they are too. Made when the first is written.</summary>
    public Guid Host => host.Value;

    /// <summary>Null where no head was ever written.</summary>
    public Guid? KnownHost => ReadHost(options);

    public string Folder => FolderOf(options);

    public string FileOf(Guid practice) => Path.Combine(Folder, $"{practice}.heads");

    public async Task AppendAsync(Guid practice, SealedHead head, CancellationToken ct)
    {
        PrivateFiles.CreateFolder(Folder);
        await PrivateFiles.AppendLineAsync(FileOf(practice), head.Line, ct);
    }

    /// <summary>In place of a file that was lost.</summary>
    public async Task WriteAsync(Guid practice, IEnumerable<SealedHead> all, CancellationToken ct)
    {
        PrivateFiles.CreateFolder(Folder);
        await PrivateFiles.WriteAsync(FileOf(practice), string.Concat(all.Select(head => head.Line + "\n")), ct);
    }

    /// <summary>In the order written; a last line cut off by a crash is left out.</summary>
    public IEnumerable<SealedHead> Read(Guid practice) => ReadFile(FileOf(practice));

    /// <summary>The newest place of the chain; null when there is none.</summary>
    public SealedHead? Last(Guid practice)
    {
        if (!File.Exists(FileOf(practice)))
        {
            return null;
        }

        // So much of the end holds it, notes of dropped months behind it or not.
        using var stream = File.OpenRead(FileOf(practice));
        stream.Seek(-Math.Min(stream.Length, 65_536), SeekOrigin.End);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n').Select(SealedHead.Parse).LastOrDefault(head => head is { DroppedFrom: null });
    }

    public static IEnumerable<SealedHead> ReadFile(string file) =>
        File.Exists(file) ? File.ReadLines(file).Select(SealedHead.Parse).OfType<SealedHead>() : [];

    private static string FolderOf(StartOptions options) => Path.Combine(options.DataDirectory, "audit");

    // Not in the folder of the heads: who takes that away must not take away with it that it was there.
    private static string HostFile(StartOptions options) => Path.Combine(options.DataDirectory, "host.id");

    private static Guid? ReadHost(StartOptions options) =>
        File.Exists(HostFile(options)) && Guid.TryParse(File.ReadAllText(HostFile(options)).Trim(), out var id) ? id : null;

    private static Guid MakeHost(StartOptions options)
    {
        PrivateFiles.CreateFolder(options.DataDirectory);
        var made = Guid.CreateVersion7();
        var beside = $"{HostFile(options)}.{made:N}";
        using (var stream = PrivateFiles.Create(beside))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(made.ToString("N")));
        }

        try
        {
            File.Move(beside, HostFile(options), overwrite: false);
            return made;
        }
        catch (IOException) when (ReadHost(options) is { } other)
        {
            // Another process of the same folder was first.
            File.Delete(beside);
            return other;
        }
    }
}
