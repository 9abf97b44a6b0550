using Modular.Host.Judging;

namespace Modular.Host.Installing;

/// <summary>
/// The modules directory between two starts. A folder that a running process loads from is never touched: an upgrade waits in
/// <c>.next</c>, a removal in <c>.remove</c>, and the next start carries them out. The version before stays in <c>.previous</c>
/// until the new one has started once.
/// </summary>
public sealed class ModuleFolders(string directory)
{
    public string Of(string id) => Path.Combine(directory, id);

    private string Next(string id) => Path.Combine(directory, ".next", id);

    private string Previous(string id) => Path.Combine(directory, ".previous", id);

    private string Removal(string id) => Path.Combine(directory, ".remove", id);

    /// <summary>Of a module that was taken off: its name, and its tables, are still its publisher's.</summary>
    private string Kept(string id) => Path.Combine(directory, ".publishers", id);

    private string Note(string id) => Path.Combine(directory, ".returned", id);

    /// <summary>Who signed what is, waits or was installed under the id, or <see cref="TakeOver.Nobody"/>; null for an id that is new here.</summary>
    public string? Publisher(string id) =>
        new[] { Path.Combine(Of(id), PublisherFile), Path.Combine(Next(id), PublisherFile), Kept(id) }.FirstOrDefault(File.Exists) is { } file ? File.ReadAllText(file)
            : Directory.Exists(Of(id)) ? TakeOver.Nobody : null;

    /// <summary>Put there by hand or by the build, and not by an install.</summary>
    public bool IsPlaced(string id) => Directory.Exists(Of(id)) && !File.Exists(Path.Combine(Of(id), PublisherFile));

    /// <summary>Into a folder that was unpacked, above whatever its maker put there.</summary>
    public static void NotePublisher(string folder, string? signer) => File.WriteAllText(Path.Combine(folder, PublisherFile), signer ?? TakeOver.Nobody);

    /// <summary>The id is free again: nothing of the module is left anywhere.</summary>
    public void ForgetPublisher(string id)
    {
        if (File.Exists(Kept(id)))
        {
            File.Delete(Kept(id));
        }
    }

    private const string PublisherFile = ".publisher";

    public bool WillGo(string id) => File.Exists(Removal(id));

    /// <summary>The version that the next start brings; null when none waits.</summary>
    public string? Waiting(string id) => Directory.Exists(Next(id)) ? Version(Next(id)) : null;

    /// <summary>Why the version before runs again; null when nothing went wrong.</summary>
    public string? Returned(string id) => File.Exists(Note(id)) ? File.ReadAllText(Note(id)) : null;

    /// <summary>An empty folder on the same disk, so that moving it in is one step.</summary>
    public string Fresh() => Directory.CreateDirectory(Path.Combine(directory, ".unpacked", Guid.CreateVersion7().ToString("N"))).FullName;

    /// <summary>One process at a time changes the directory.</summary>
    /// <exception cref="IOException">Another one is at it.</exception>
    public IDisposable Lock()
    {
        Directory.CreateDirectory(directory);
        return new FileStream(Path.Combine(directory, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>Moves a judged folder in: at once when there is none of that id, else for the next start.</summary>
    public void Take(string folder, string id)
    {
        Forget(id);
        var target = Directory.Exists(Of(id)) ? Next(id) : Of(id);
        Drop(target);
        Move(folder, target);
    }

    public void MarkForRemoval(string id)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Kept(id))!);
        File.WriteAllText(Kept(id), Publisher(id) ?? TakeOver.Nobody);
        Drop(Next(id));
        Directory.CreateDirectory(Path.GetDirectoryName(Removal(id))!);
        File.WriteAllText(Removal(id), "");
    }

    /// <summary>Takes back a removal that waits. False when none does.</summary>
    public bool Keep(string id)
    {
        if (!WillGo(id))
        {
            return false;
        }

        File.Delete(Removal(id));
        ForgetPublisher(id);
        return true;
    }

    /// <summary>At start, before anything is loaded.</summary>
    public void CarryOut()
    {
        // Without anything to do nothing is written: the directory may be read-only.
        if (!Names(".previous").Concat(Names(".remove")).Concat(Names(".next")).Any())
        {
            return;
        }

        using var alone = Lock();
        // A first start that never came to its end: the process died in it, or the host refused to start.
        foreach (var id in Names(".previous"))
        {
            Return(id, "it did not come through its first start");
        }

        foreach (var id in Names(".remove"))
        {
            Drop(Of(id));
            Forget(id);
        }

        foreach (var id in Names(".next"))
        {
            if (Directory.Exists(Of(id)))
            {
                Move(Of(id), Previous(id));
            }

            Move(Next(id), Of(id));
        }
    }

    /// <summary>Upgraded at this start and not yet proven.</summary>
    public bool IsNew(string id) => Directory.Exists(Previous(id));

    /// <summary>Puts the version before back in its place.</summary>
    /// <param name="why">Half a sentence.</param>
    public void Return(string id, string why)
    {
        var failed = Directory.Exists(Of(id)) ? Version(Of(id)) : null;
        Drop(Of(id));
        Move(Previous(id), Of(id));
        if (failed is null)
        {
            // The process died between the two moves of an upgrade, which is now carried out whole.
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Note(id))!);
        File.WriteAllText(Note(id), $"Version {failed} was taken back because {why}; {Version(Of(id))} runs again.");
    }

    /// <summary>The host serves: the upgrades of this start have proven themselves.</summary>
    public void Confirm(IEnumerable<string> running)
    {
        foreach (var id in running.Where(IsNew))
        {
            Drop(Previous(id));
        }
    }

    private void Forget(string id)
    {
        foreach (var mark in new[] { Removal(id), Note(id) }.Where(File.Exists))
        {
            File.Delete(mark);
        }
    }

    private IReadOnlyList<string> Names(string below)
    {
        var path = Path.Combine(directory, below);
        return Directory.Exists(path) ? [.. Directory.EnumerateFileSystemEntries(path).Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal)] : [];
    }

    private static string Version(string folder) => ManifestJudge.Judge(folder, []).Manifest.Version;

    private static void Move(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        Directory.Move(from, to);
    }

    private static void Drop(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
