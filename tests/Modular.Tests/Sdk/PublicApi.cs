using System.Reflection;

namespace Modular.Tests.Sdk;

/// <summary>What an assembly promises to those who are built against it, a line a type or member, in an order of its own.</summary>
public static class PublicApi
{
    private const string Virtual = " virtual";

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<string> Of(Assembly assembly) =>
        [.. assembly.GetExportedTypes().Where(t => !t.Name.Contains("__", StringComparison.Ordinal)).SelectMany(Lines).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>
    /// What was promised and is not kept any more. A member that can be overridden now and could not before keeps its promise; the other
    /// way it breaks whoever overrides it.
    /// </summary>
    public static IReadOnlyList<string> Gone(IEnumerable<string> shipped, IReadOnlyCollection<string> now)
    {
        var kept = now.ToHashSet();
        return [.. shipped.Where(line => !kept.Contains(line) && !kept.Contains(line + Virtual))];
    }

    private static IEnumerable<string> Lines(Type type)
    {
        yield return $"{Kind(type)} {type}";
        foreach (var above in type.GetInterfaces().Append(type.BaseType).Where(t => t is not null && t != typeof(object)))
        {
            yield return $"{type} is {above}";
        }

        foreach (var member in type.GetConstructors(Declared).Cast<MethodBase>().Concat(type.GetMethods(Declared)).Where(m => m is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true }))
        {
            // What the compiler writes for a record under a name that nobody can call.
            if (!member.Name.Contains('<', StringComparison.Ordinal))
            {
                yield return $"{type}.{Words(member)}";
            }
        }

        foreach (var field in type.GetFields(Declared).Where(f => (f.IsPublic || f.IsFamily) && !f.IsSpecialName))
        {
            yield return $"{type}.{field.Name} : {field.FieldType}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}";
        }
    }

    /// <summary>With the names of the parameters: whoever names them in a call is broken by another name as by another type.</summary>
    private static string Words(MethodBase member)
    {
        var generic = member.IsGenericMethodDefinition ? $"<{string.Join(", ", member.GetGenericArguments().Select(g => g.Name))}>" : "";
        var parameters = string.Join(", ", member.GetParameters().Select(p => $"{p.ParameterType} {p.Name}{(p.HasDefaultValue ? " =" : "")}"));
        return $"{(member.IsStatic ? "static " : "")}{(member.IsAbstract ? "abstract " : "")}{member.Name}{generic}({parameters}){(member is MethodInfo m ? $" : {m.ReturnType}{Init(m)}{Overridable(m)}" : "")}";
    }

    /// <summary>A setter that becomes settable later, or the other way, is another member to whoever was compiled against it.</summary>
    private static string Init(MethodInfo method) => method.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? " init" : "";

    /// <summary>What is abstract says so before its name; what implements an interface and no more is final and virtual to the runtime alone.</summary>
    private static string Overridable(MethodInfo method) =>
        method is { IsVirtual: true, IsFinal: false, IsAbstract: false } && method.DeclaringType is { IsSealed: false } ? Virtual : "";

    private static string Kind(Type type) =>
        (type.IsInterface ? "interface" : type.IsEnum ? "enum" : type.IsValueType ? "struct" : "class")
        + (type is { IsAbstract: true, IsSealed: true } ? " static" : type is { IsAbstract: true, IsInterface: false } ? " abstract" : type is { IsSealed: true, IsValueType: false } ? " sealed" : "");
}
