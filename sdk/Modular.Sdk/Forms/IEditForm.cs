namespace Modular.Sdk;

/// <summary>
/// What is typed to add or change one row. Properties are texts as they were typed, read by <see cref="Reading"/>, or typed values that
/// MVC binds and its attributes judge; <see cref="Edit{TRow, TForm}"/> does the rest.
/// </summary>
/// <example><code>
/// public sealed class PayerForm : IEditForm&lt;Payer&gt;
/// {
///     public int Version { get; set; }
///     public string? Name { get; set; }
///     public void Show(Payer payer) => Name = payer.Name;
///     public void Write(Payer payer, Reading read) => payer.Name = read.Required(nameof(Name), "Name", Name);
/// }
/// </code></example>
public interface IEditForm<in TRow>
{
    /// <summary>Of the row that the form was opened with; 0 for a new one.</summary>
    int Version { get; set; }

    /// <summary>Fills the form from what is saved.</summary>
    void Show(TRow row);

    /// <summary>
    /// Writes what was typed into the row. It runs on whatever was typed, also where MVC could not read a field or an attribute refuses it, so
    /// that all sentences come at once: a <c>string</c> is never null then, a <c>string?</c> may be. With an error the row is half written and
    /// is not saved.
    /// </summary>
    void Write(TRow row, Reading read);
}
