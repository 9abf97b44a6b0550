using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Modular.Tests.Architecture.Rooms;

/// <summary>
/// Which types of one assembly use which others of it, read from what the compiler wrote: a file's using lines say neither what is named
/// in full nor what is only passed on. What is a constant is in no assembly any more.
/// </summary>
internal static class UsesOfTypes
{
    private static readonly Dictionary<ushort, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (ushort)code.Value, code => code.OperandType);

    /// <summary>Pairs of full names, the outermost type of each: what the compiler makes for a lambda or an iterator belongs to whom it is nested in.</summary>
    public static HashSet<(string From, string To)> Read(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var reader = file.GetMetadataReader();
        var found = new HashSet<(string, string)>();
        foreach (var handle in reader.TypeDefinitions)
        {
            var used = new Collector(reader);
            Declared(reader, reader.GetTypeDefinition(handle), used);
            foreach (var method in reader.GetTypeDefinition(handle).GetMethods().Select(reader.GetMethodDefinition))
            {
                method.DecodeSignature(used, null);
                Constraints(reader, method.GetGenericParameters(), used);
                Attributes(reader, method.GetCustomAttributes(), used);
                if (method.RelativeVirtualAddress != 0)
                {
                    Body(reader, file.GetMethodBody(method.RelativeVirtualAddress), used);
                }
            }

            var from = Outermost(reader, handle);
            found.UnionWith(used.Types.Select(to => (from, Outermost(reader, to))).Where(pair => pair.Item1 != pair.Item2));
        }

        return found;
    }

    private static void Declared(MetadataReader reader, TypeDefinition type, Collector used)
    {
        used.Add(type.BaseType);
        type.GetInterfaceImplementations().Select(reader.GetInterfaceImplementation).ToList().ForEach(i => used.Add(i.Interface));
        type.GetFields().Select(reader.GetFieldDefinition).ToList().ForEach(field => field.DecodeSignature(used, null));
        Constraints(reader, type.GetGenericParameters(), used);
        Attributes(reader, type.GetCustomAttributes(), used);
    }

    private static void Constraints(MetadataReader reader, GenericParameterHandleCollection parameters, Collector used) => parameters
        .SelectMany(p => reader.GetGenericParameter(p).GetConstraints()).ToList()
        .ForEach(c => used.Add(reader.GetGenericParameterConstraint(c).Type));

    private static void Attributes(MetadataReader reader, CustomAttributeHandleCollection attributes, Collector used) =>
        attributes.ToList().ForEach(a => used.Add(reader.GetCustomAttribute(a).Constructor));

    private static void Body(MetadataReader reader, MethodBodyBlock body, Collector used)
    {
        if (!body.LocalSignature.IsNil)
        {
            reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(used, null);
        }

        body.ExceptionRegions.ToList().ForEach(region => used.Add(region.CatchType));
        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            ushort operation = code.ReadByte();
            switch (Operands[operation == 0xFE ? (ushort)(0xFE00 | code.ReadByte()) : operation])
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    used.Add(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                case var operand:
                    code.Offset += Length(operand);
                    break;
            }
        }
    }

    private static int Length(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    private static string Outermost(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? Outermost(reader, outer)
            : $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }

    /// <summary>Takes the types of this assembly out of whatever names them.</summary>
    private sealed class Collector(MetadataReader reader) : ISignatureTypeProvider<int, object?>
    {
        public HashSet<TypeDefinitionHandle> Types { get; } = [];

        public void Add(EntityHandle handle)
        {
            switch (handle.Kind)
            {
                case HandleKind.TypeDefinition when !handle.IsNil:
                    Types.Add((TypeDefinitionHandle)handle);
                    break;
                case HandleKind.TypeSpecification:
                    reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null);
                    break;
                case HandleKind.FieldDefinition:
                    Types.Add(reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                    break;
                case HandleKind.MethodDefinition:
                    Types.Add(reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                    break;
                case HandleKind.MemberReference:
                    Add(reader.GetMemberReference((MemberReferenceHandle)handle).Parent);
                    break;
                case HandleKind.MethodSpecification:
                    var method = reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                    Add(method.Method);
                    method.DecodeSignature(this, null);
                    break;
            }
        }

        public int GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            Types.Add(handle);
            return 0;
        }

        public int GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public int GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => 0;

        public int GetPrimitiveType(PrimitiveTypeCode typeCode) => 0;

        public int GetSZArrayType(int elementType) => 0;

        public int GetArrayType(int elementType, ArrayShape shape) => 0;

        public int GetByReferenceType(int elementType) => 0;

        public int GetPointerType(int elementType) => 0;

        public int GetPinnedType(int elementType) => 0;

        public int GetGenericInstantiation(int genericType, ImmutableArray<int> typeArguments) => 0;

        public int GetGenericMethodParameter(object? genericContext, int index) => 0;

        public int GetGenericTypeParameter(object? genericContext, int index) => 0;

        public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;

        public int GetFunctionPointerType(MethodSignature<int> signature) => 0;
    }
}
