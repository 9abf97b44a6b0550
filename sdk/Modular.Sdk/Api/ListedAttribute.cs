using System.Reflection;

namespace Modular.Sdk;

/// <summary>What an API action lists, for the module's OpenAPI document: the filters, and each row's fields.</summary>
/// <param name="declaredBy">The class with a static field that is the <see cref="ListDefinition{T}"/>.</param>
/// <example><code>[Listed(typeof(ReferralList))]</code></example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ListedAttribute(Type declaredBy) : Attribute
{
    /// <exception cref="InvalidOperationException">The class declares no list, or several.</exception>
    public ListDefinition Definition => declaredBy.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .Select(f => f.GetValue(null)).OfType<ListDefinition>().Single();
}
