using Microsoft.Extensions.DependencyInjection;

namespace Modular.Sdk;

/// <summary>What a module says of its records: what hangs on them, how long they are kept, which documents people sign.</summary>
public sealed partial class ModuleBuilder
{
    /// <summary>
    /// A kind of document that people have to read and sign; published by <see cref="IAcknowledgements"/>, or by people at the host's pages.
    /// </summary>
    /// <exception cref="ArgumentException">Its id does not begin with the module's id.</exception>
    public ModuleBuilder Document(DocumentKind kind)
    {
        if (!kind.Id.StartsWith(Manifest.Id + ".", StringComparison.Ordinal))
        {
            throw new ArgumentException($"Call the kind {Manifest.Id}.something: it is named after its module.", nameof(kind));
        }

        Declared.Documents.Add(kind);
        return this;
    }

    /// <summary>How long records of a kind are kept by law, and from what event on.</summary>
    /// <exception cref="ArgumentException">Its id does not begin with the module's id, or its years are not 1 to 100.</exception>
    public ModuleBuilder Kept(RetentionClass kind)
    {
        if (!kind.Id.StartsWith(Manifest.Id + ".", StringComparison.Ordinal) || kind.Id.Contains('\'', StringComparison.Ordinal))
        {
            throw new ArgumentException($"Call the records {Manifest.Id}.something: they are named after their module.", nameof(kind));
        }

        if (kind.Years is < 1 or > 100)
        {
            throw new ArgumentException($"The records {kind.Id} are kept 1 to 100 years.", nameof(kind));
        }

        Declared.Retention.Add(kind);
        return this;
    }

    /// <summary>Records without a time of their own.</summary>
    /// <param name="id"><c>module.noun</c>, the id of the <see cref="RecordKind"/>.</param>
    /// <param name="title">What they are called: <c>Referrals</c>.</param>
    /// <param name="why">What keeps them: <c>With the record of the patient</c>.</param>
    public ModuleBuilder Kept(string id, string title, string why)
    {
        Declared.KeptOtherwise.Add(new(id, title, why));
        return this;
    }

    /// <summary>A kind of form whose answers are kept and reviewed, and change no record.</summary>
    /// <exception cref="ArgumentException">Its id is not the module's, or it maps answers to fields.</exception>
    public ModuleBuilder Form(FormKind kind) => Form(kind, null);

    /// <summary>The same, with what finds the records that it is about and takes answers over.</summary>
    /// <exception cref="ArgumentException">Its id is not the module's, or it is about no kind of record.</exception>
    public ModuleBuilder Form<TRecord>(FormKind kind) where TRecord : class, IFormRecord
    {
        Services.AddScoped<TRecord>();
        return Form(kind, typeof(TRecord));
    }

    private ModuleBuilder Form(FormKind kind, Type? record)
    {
        var fault = !kind.Id.StartsWith(Manifest.Id + ".", StringComparison.Ordinal) ? $"Call the form {Manifest.Id}.something: it is named after its module."
            : record is null && kind.Fields.Count > 0 ? $"The form {kind.Id} has fields and nothing that writes them; declare it with Form<TRecord>."
            : record is not null && kind.About is null ? $"The form {kind.Id} writes a record and does not say About which kind."
            : kind.LinkDays is < 1 or > 365 ? $"A link to the form {kind.Id} lasts 1 to 365 days."
            : kind.Fields.DistinctBy(f => f.Name).Count() != kind.Fields.Count ? $"The form {kind.Id} has a field twice."
            : null;
        if (fault is not null)
        {
            throw new ArgumentException(fault, nameof(kind));
        }

        Declared.Forms.Add(new(kind, record));
        return this;
    }

    /// <summary>A kind of record that files and notes of contacts may hang on, see <see cref="RecordKind{TRow}"/>.</summary>
    public ModuleBuilder Record(RecordKind kind)
    {
        Declared.Records.Add(kind);
        return this;
    }

    /// <summary>
    /// Shows rows of a log of the module (messages of callers, calls about a referral) in the contact log of the practice, written with the row;
    /// null when the row says nothing there, or no longer.
    /// </summary>
    /// <param name="log">What of the row: "message". Never renamed.</param>
    /// <param name="entry">What it says.</param>
    public ModuleBuilder Contacts<TEntity>(string log, Func<TEntity, ContactEntry?> entry) where TEntity : class, IVersioned
    {
        Declared.Contacts.Add(new(log, typeof(TEntity), row => entry((TEntity)row)));
        return this;
    }
}
