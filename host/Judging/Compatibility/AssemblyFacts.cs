using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Modular.Host.Judging.Compatibility;

/// <summary>What one assembly offers, read as data: nothing of it is loaded or run.</summary>
public sealed class AssemblyFacts : IDisposable
{
    private readonly PEReader file;
    private readonly Lazy<Dictionary<string, TypeDefinitionHandle>> types;
    private readonly Lazy<Dictionary<string, string>> forwards;

    private AssemblyFacts(PEReader file)
    {
        this.file = file;
        Reader = file.GetMetadataReader();
        types = new(() => Reader.TypeDefinitions.ToDictionary(t => SignatureNames.Instance.GetTypeFromDefinition(Reader, t, 0)));
        forwards = new(ReadForwards);
    }

    public MetadataReader Reader { get; }

    public Version Version => Reader.GetAssemblyDefinition().Version;

    public string Name => Reader.GetString(Reader.GetAssemblyDefinition().Name);

    /// <summary>Another one for every other build.</summary>
    public Guid Mvid => Reader.GetGuid(Reader.GetModuleDefinition().Mvid);

    public IEnumerable<(string Name, Version Version)> References =>
        Reader.AssemblyReferences.Select(Reader.GetAssemblyReference).Select(r => (Reader.GetString(r.Name), r.Version));

    /// <summary>Null for a file that is no .NET assembly, such as a native library.</summary>
    public static AssemblyFacts? Read(string path)
    {
        try
        {
            // The metadata alone, and nothing held open: code would be most of the memory of a start.
            var file = new PEReader(File.OpenRead(path), PEStreamOptions.PrefetchMetadata);
            if (file.HasMetadata && file.GetMetadataReader().IsAssembly)
            {
                return new(file);
            }

            file.Dispose();
            return null;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    public bool Has(string type) => types.Value.ContainsKey(type);

    /// <summary>The assembly that has the type now; null when it did not move.</summary>
    public string? MovedTo(string type) => forwards.Value.GetValueOrDefault(type.Split('+')[0]);

    /// <summary>Signatures of a type's members of this name. The others are not decoded: a start asks this for each reference of each module.</summary>
    public IEnumerable<string> Members(string type, string name)
    {
        var definition = Reader.GetTypeDefinition(types.Value[type]);
        foreach (var method in definition.GetMethods().Select(Reader.GetMethodDefinition).Where(m => Reader.StringComparer.Equals(m.Name, name)))
        {
            yield return SignatureNames.Of(method.DecodeSignature(SignatureNames.Instance, null));
        }

        foreach (var field in definition.GetFields().Select(Reader.GetFieldDefinition).Where(f => Reader.StringComparer.Equals(f.Name, name)))
        {
            yield return field.DecodeSignature(SignatureNames.Instance, null);
        }
    }

    /// <summary>Base class and interfaces, each with the assembly it is in (null: this one).</summary>
    public IEnumerable<(string? Assembly, string Type)> Above(string type)
    {
        var definition = Reader.GetTypeDefinition(types.Value[type]);
        var above = definition.GetInterfaceImplementations().Select(i => Reader.GetInterfaceImplementation(i).Interface);
        return (definition.BaseType.IsNil ? above : above.Prepend(definition.BaseType)).Select(h => TypeNames.Of(Reader, h)).OfType<(string?, string)>();
    }

    private Dictionary<string, string> ReadForwards()
    {
        var found = new Dictionary<string, string>();
        foreach (var type in Reader.ExportedTypes.Select(Reader.GetExportedType).Where(t => t.IsForwarder && t.Implementation.Kind == HandleKind.AssemblyReference))
        {
            var (space, name) = (Reader.GetString(type.Namespace), Reader.GetString(type.Name));
            found[space.Length == 0 ? name : $"{space}.{name}"] = Reader.GetString(Reader.GetAssemblyReference((AssemblyReferenceHandle)type.Implementation).Name);
        }

        return found;
    }

    public void Dispose() => file.Dispose();
}
