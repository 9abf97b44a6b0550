using System.Reflection.Metadata;
using Modular.Host.Installed;

namespace Modular.Host.Judging.Compatibility;

/// <summary>
/// Compares what a module's assemblies refer to with what the host shares, before any of the module's code runs: a member that is
/// missing is named at start, and not met by somebody who opens a page.
/// </summary>
public static class MemberCheck
{
    private const int Named = 3;

    /// <summary>The first faults as one sentence; null when everything is there.</summary>
    /// <param name="sdk">Version of the SDK of the host in question.</param>
    public static string? Fault(ModuleAssemblies module, SharedAssemblies shared, Version sdk)
    {
        var distinct = module.All.SelectMany(facts => Missing(facts, shared)).Distinct().ToList();
        return distinct.Count == 0 ? null
            : $"It uses {string.Join(" and ", distinct.Take(Named).Select(m => m.What))}{(distinct.Count > Named ? $" and {distinct.Count - Named} more" : "")}, which this host does not have. "
                + (distinct.All(m => SharedNames.IsMessages(m.Assembly))
                    ? $"Upgrade the module of these messages, or ask the maker of this one for a version for the {distinct[0].Assembly} that is here."
                    : $"Ask its maker for a version for SDK {sdk.ToString(2)}, or upgrade the host.");
    }

    /// <summary>What refers to more than this host has is not loaded at all; what is loaded has from the host what it refers to.</summary>
    public static void RefuseUnmet(IReadOnlyCollection<LoadedModule> judged, IReadOnlyDictionary<string, string> messages)
    {
        using var shared = SharedAssemblies.OfThisHost(messages);
        foreach (var module in judged)
        {
            try
            {
                using var assemblies = ModuleAssemblies.Read(module);
                module.Assemblies = assemblies.Summary();
                if (Fault(assemblies, shared, ManifestJudge.SdkVersion) is { } fault)
                {
                    module.Refuse(ModuleStatus.NotSupported, fault);
                }
            }
            catch (BadImageFormatException)
            {
                module.Refuse(ModuleStatus.Refused, "One of its assemblies is damaged.");
            }
        }
    }

    private static IEnumerable<(string Assembly, string What)> Missing(AssemblyFacts facts, SharedAssemblies shared)
    {
        var older = facts.References.Where(r => SharedNames.Has(r.Name))
            .Select(r => (r.Name, What: shared.Find(r.Name) is not { } there ? r.Name : there.Version < r.Version ? $"{r.Name} {r.Version.ToString(2)} (here it is {there.Version.ToString(2)})" : null))
            .Where(r => r.What is not null).Select(r => (r.Name, r.What!)).ToList();
        // With the assembly gone or another major, each of its members would be missing too.
        return older.Count > 0 ? older : [.. Types(facts.Reader, shared), .. Members(facts.Reader, shared)];
    }

    private static IEnumerable<(string Assembly, string What)> Types(MetadataReader reader, SharedAssemblies shared) =>
        from handle in reader.TypeReferences
        let type = TypeNames.Of(reader, handle)
        where type is { Assembly: { } assembly } && SharedNames.Has(assembly) && shared.Home(assembly, type.Value.Type) is null
        select (type.Value.Assembly!, $"the type {type.Value.Type}");

    private static IEnumerable<(string Assembly, string What)> Members(MetadataReader reader, SharedAssemblies shared)
    {
        foreach (var member in reader.MemberReferences.Select(reader.GetMemberReference))
        {
            if (TypeNames.Of(reader, member.Parent) is not { Assembly: { } assembly, Type: var type } || !SharedNames.Has(assembly)
                || shared.Home(assembly, type) is not { } home)
            {
                continue;
            }

            var (name, signature) = (reader.GetString(member.Name), Signature(member));
            if (!shared.HasMember(home, type, name, signature))
            {
                yield return (assembly, Words(type, name, member.GetKind() == MemberReferenceKind.Method));
            }
        }
    }

    private static string Signature(MemberReference member) => member.GetKind() == MemberReferenceKind.Method
        ? SignatureNames.Of(member.DecodeMethodSignature(SignatureNames.Instance, null))
        : member.DecodeFieldSignature(SignatureNames.Instance, null);

    private static string Words(string type, string name, bool method) =>
        name == ".ctor" ? $"a constructor of {type}"
        : name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal) ? $"{type}.{name[4..]}"
        : $"{type}.{name}{(method ? "()" : "")}";
}
