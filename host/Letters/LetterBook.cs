using System.Collections.Concurrent;
using Modular.Host.Installed;
using Modular.Sdk;

namespace Modular.Host.Letters;

/// <summary>The kinds of letters of every module that runs, with their standard texts; and every text that was read, read once.</summary>
public sealed class LetterBook(InstalledModules modules)
{
    /// <summary>Characters of texts that are kept as they were read: those of a few hundred practices. Beyond that all are read anew.</summary>
    private const int MostKept = 2_000_000;

    private readonly ConcurrentDictionary<(string Kind, string Text), LetterTemplate> read = new();
    private readonly ConcurrentDictionary<(string Kind, string Language), string> standard = new();
    private int kept;

    public IEnumerable<(LoadedModule Module, LetterDeclaration Letter)> All =>
        modules.WithCore.SelectMany(m => m.Declared.Letters.Select(l => (m, l)));

    /// <summary>Null when no running module declares it.</summary>
    public LetterDeclaration? Look(string id) => All.Select(x => x.Letter).FirstOrDefault(l => l.Kind.Id == id);

    /// <exception cref="InvalidOperationException">No running module declared it.</exception>
    public LetterDeclaration Find(string id) => Look(id) ?? throw new InvalidOperationException($"No running module declares the letter {id}.");

    /// <summary>The text that the module brings.</summary>
    public string Standard(LetterKind kind, string language) => standard.GetOrAdd((kind.Id, language), _ =>
    {
        var module = All.First(x => x.Letter.Kind.Id == kind.Id).Module;
        return File.ReadAllText(FileOf(module.Folder, kind, language)).ReplaceLineEndings("\n");
    });

    /// <summary>The text as it was read, of its content and not of its place: two practices that say the same share it.</summary>
    public LetterTemplate Read(LetterKind kind, string text)
    {
        if (read.TryGetValue((kind.Id, text), out var known))
        {
            return known;
        }

        if (Interlocked.Add(ref kept, text.Length) > MostKept)
        {
            read.Clear();
            kept = text.Length;
        }

        return read[(kind.Id, text)] = LetterTemplate.Read(kind, text);
    }

    public static string FileOf(string folder, LetterKind kind, string language) =>
        Path.Combine(folder, "Letters", $"{kind.Id.Split('.')[^1]}.{language}.liquid");
}
