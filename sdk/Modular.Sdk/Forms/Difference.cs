using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Modular.Sdk;

/// <summary>One field in which two forms of the same row differ.</summary>
/// <param name="Field">Name of the form's property.</param>
/// <param name="Saved">As the form would show what is saved; null when empty. The value, not the words of a choice.</param>
/// <param name="Typed">As typed; null when empty.</param>
public sealed record Difference(string Field, string? Saved, string? Typed)
{
    /// <summary>
    /// All fields that differ, in the order in which the form declares them. White space around and between words does not count; what MVC does
    /// not bind, files and <c>[HiddenInput]</c> are no fields of a person.
    /// </summary>
    /// <example><c>Difference.Between(saved, typed).Select(d => d.Field)</c></example>
    public static IReadOnlyList<Difference> Between<TForm>(TForm saved, TForm typed) where TForm : class =>
    [
        .. from field in Fields(typeof(TForm))
            let theirs = Reading.Clean(Text(field.GetValue(saved)))
            let mine = Reading.Clean(Text(field.GetValue(typed)))
            where theirs != mine
            select new Difference(field.Name, theirs, mine),
    ];

    /// <summary>Puts the saved value of a field over the typed one.</summary>
    internal static void Take<TForm>(TForm saved, TForm typed, string field) where TForm : class
    {
        if (Fields(typeof(TForm)).FirstOrDefault(f => f.Name == field) is { } property)
        {
            property.SetValue(typed, property.GetValue(saved));
        }
    }

    /// <summary>A field of several values is not posted at all when none is chosen.</summary>
    internal static bool IsOfMany<TForm>(string field) =>
        typeof(TForm).GetProperty(field)!.PropertyType is var type && type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);

    private static IEnumerable<PropertyInfo> Fields(Type form) => form.GetProperties().Where(p =>
        p is { CanRead: true, SetMethod.IsPublic: true } && p.Name != nameof(IVersioned.Version)
        && !typeof(IFormFile).IsAssignableFrom(p.PropertyType) && !p.IsDefined(typeof(BindNeverAttribute))
        && !p.IsDefined(typeof(HiddenInputAttribute)));

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        bool yes => yes ? "true" : "false",
        DateOnly date => Said.ShortDay(date),
        TimeOnly time => Said.Time(time),
        decimal amount => amount.ToString("0.########", CultureInfo.InvariantCulture),
        IEnumerable many => string.Join(", ", many.Cast<object?>().Select(Text)),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
