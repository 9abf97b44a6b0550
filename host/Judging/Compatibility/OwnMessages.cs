using System.Reflection.Metadata;
using Modular.Sdk;

namespace Modular.Host.Judging.Compatibility;

/// <summary>
/// Whether the messages that a module calls its own are: the messages of all modules are loaded once, the owner's before any copy, so
/// nobody may pass for the owner of another's.
/// </summary>
public static class OwnMessages
{
    public static string? Fault(ModuleManifest manifest, string folder)
    {
        if (manifest.Messages is not { } file)
        {
            return null;
        }

        if (file != Path.GetFileName(file) || !file.EndsWith(".Messages.dll", StringComparison.Ordinal) || !File.Exists(Path.Combine(folder, file)))
        {
            return $"Its messages {file} are not in its folder; their name ends in .Messages.dll.";
        }

        using var facts = AssemblyFacts.Read(Path.Combine(folder, file));
        return facts is null ? $"Its messages {file} are no assembly."
            : facts.Name != Path.GetFileNameWithoutExtension(file) ? $"Its messages {file} are the assembly {facts.Name} under another name."
            : Aliases(facts.Reader).FirstOrDefault(alias => !alias.StartsWith($"{manifest.Id}.", StringComparison.Ordinal)) is { } foreign
                ? $"It calls {file} its own, but the message {foreign} in it is not named {manifest.Id}.something."
            : null;
    }

    private static IEnumerable<string> Aliases(MetadataReader reader) =>
        from type in reader.TypeDefinitions
        from handle in reader.GetTypeDefinition(type).GetCustomAttributes()
        let attribute = reader.GetCustomAttribute(handle)
        where attribute.Constructor.Kind == HandleKind.MemberReference
            && TypeNames.Of(reader, reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent) is { Type: "Modular.Sdk.MessageAttribute" }
        let alias = First(reader, attribute)
        where alias is not null
        select alias;

    /// <summary>What is given to its constructor, behind the two bytes that every attribute begins with.</summary>
    private static string? First(MetadataReader reader, CustomAttribute attribute)
    {
        var blob = reader.GetBlobReader(attribute.Value);
        blob.ReadUInt16();
        return blob.ReadSerializedString();
    }
}
