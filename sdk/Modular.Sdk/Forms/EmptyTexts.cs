using System.Reflection;

namespace Modular.Sdk;

/// <summary>
/// MVC makes null of an empty answer, also for a property of type <c>string</c>, and refuses it beside its field. A form's own rules run all
/// the same, so that all sentences come at once: for them it is the empty text that its type promises.
/// </summary>
internal static class EmptyTexts<TForm>
{
    private static readonly PropertyInfo[] Needed = [.. typeof(TForm).GetProperties().Where(p => p.PropertyType == typeof(string) && p.CanWrite
        && p.GetIndexParameters().Length == 0 && new NullabilityInfoContext().Create(p).WriteState == NullabilityState.NotNull)];

    public static void Fill(TForm form)
    {
        foreach (var property in Needed.Where(p => p.GetValue(form) is null))
        {
            property.SetValue(form, "");
        }
    }
}
