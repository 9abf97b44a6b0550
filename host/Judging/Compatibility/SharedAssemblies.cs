using System.Reflection;
using System.Runtime.Loader;

namespace Modular.Host.Judging.Compatibility;

/// <summary>What modules share with a host: which types and members there are, found through base types and forwards.</summary>
/// <param name="path">The file of an assembly by its name; null when the host does not have it.</param>
public sealed class SharedAssemblies(Func<string, string?> path) : IDisposable
{
    private readonly Dictionary<string, AssemblyFacts?> known = [];

    /// <summary>Of this process. Message assemblies are the modules' own and may not be loaded yet.</summary>
    /// <param name="messages">Their files by name.</param>
    public static SharedAssemblies OfThisHost(IReadOnlyDictionary<string, string> messages) => new(name =>
        messages.GetValueOrDefault(name) ?? Loaded(name));

    private static string? Loaded(string name)
    {
        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyName(new(name)).Location is { Length: > 0 } location ? location : null;
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            return null;
        }
    }

    public string? PathOf(string assembly) => path(assembly);

    public AssemblyFacts? Find(string assembly)
    {
        if (!known.TryGetValue(assembly, out var facts))
        {
            known[assembly] = facts = path(assembly) is { } file && File.Exists(file) ? AssemblyFacts.Read(file) : null;
        }

        return facts;
    }

    /// <summary>The assembly that has the type, wherever it moved.</summary>
    public AssemblyFacts? Home(string assembly, string type)
    {
        // A forward to itself or in a circle ends.
        for (var step = 0; step < 8 && Find(assembly) is { } facts; step++)
        {
            if (facts.Has(type))
            {
                return facts;
            }

            if (facts.MovedTo(type) is not { } next)
            {
                return null;
            }

            assembly = next;
        }

        return null;
    }

    /// <summary>Exactly this member on the type; on what it inherits from, one of the name and as many parameters, whose generic types may be filled in.</summary>
    public bool HasMember(AssemblyFacts home, string type, string name, string signature) =>
        home.Members(type, name).Any(s => s == signature) || Inherits(home, type, name, Parameters(signature), 0);

    private bool Inherits(AssemblyFacts home, string type, string name, int parameters, int depth)
    {
        foreach (var (assembly, above) in depth > 20 ? [] : home.Above(type))
        {
            // What the runtime's own types have is not ours to judge.
            if ((assembly is null ? home : Home(assembly, above)) is not { } found || !found.Has(above)
                || (name != ".ctor" && found.Members(above, name).Any(s => Parameters(s) == parameters))
                || Inherits(found, above, name, parameters, depth + 1))
            {
                return true;
            }
        }

        return false;
    }

    private static int Parameters(string signature)
    {
        var (depth, count, any) = (0, 0, false);
        foreach (var c in signature.AsSpan(signature.IndexOf('(', StringComparison.Ordinal) + 1))
        {
            if (depth == 0 && c == ')')
            {
                break;
            }

            any = true;
            depth += c is '<' or '(' or '[' ? 1 : c is '>' or ')' or ']' ? -1 : 0;
            count += depth == 0 && c == ',' ? 1 : 0;
        }

        return any ? count + 1 : 0;
    }

    public void Dispose()
    {
        foreach (var facts in known.Values)
        {
            facts?.Dispose();
        }
    }
}
