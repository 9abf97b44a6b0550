using System.Reflection.Metadata;

namespace Modular.Host.Judging.Compatibility;

/// <summary>Which type a handle means and in which assembly it is looked for.</summary>
public static class TypeNames
{
    /// <summary>Null for what has no name of its own, such as an array; an assembly of null is the reader's own.</summary>
    public static (string? Assembly, string Type)? Of(MetadataReader reader, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => (AssemblyOf(reader, (TypeReferenceHandle)handle), SignatureNames.Instance.GetTypeFromReference(reader, (TypeReferenceHandle)handle, 0)),
        HandleKind.TypeDefinition => (null, SignatureNames.Instance.GetTypeFromDefinition(reader, (TypeDefinitionHandle)handle, 0)),
        HandleKind.TypeSpecification => Generic(reader, (TypeSpecificationHandle)handle),
        _ => null,
    };

    /// <summary>Of <c>List&lt;int&gt;</c> the <c>List</c>: its members are declared there.</summary>
    private static (string?, string)? Generic(MetadataReader reader, TypeSpecificationHandle handle)
    {
        var blob = reader.GetBlobReader(reader.GetTypeSpecification(handle).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return null;
        }

        // Class or value type; then the type itself.
        blob.ReadCompressedInteger();
        return Of(reader, blob.ReadTypeHandle());
    }

    private static string? AssemblyOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => AssemblyOf(reader, (TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            _ => null,
        };
    }
}
