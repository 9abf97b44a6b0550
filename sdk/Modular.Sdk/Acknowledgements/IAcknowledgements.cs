namespace Modular.Sdk;

/// <summary>
/// Documents that people have to read and sign by a day. The host asks them, reminds them in the inbox and keeps what each signed; the module
/// publishes and asks whether somebody has.
/// </summary>
public interface IAcknowledgements
{
    /// <summary>
    /// Publishes the first or the next version of a document, in the write that is open or in one of its own, and asks its readers. A text that
    /// is the newest version's already makes no new one; the readers and the days are taken all the same.
    /// </summary>
    /// <param name="kind">Declared with <see cref="ModuleBuilder.Document"/>.</param>
    /// <returns>The number of the newest version.</returns>
    /// <exception cref="ArgumentException">
    /// A text, name, key, number of days or reason that does not fit, or nobody to read it; or a small correction of nothing.
    /// </exception>
    /// <example><code>
    /// await acknowledgements.PublishAsync(
    ///     Procedure.Kind, new($"{row.Id}", row.Name, row.Text, new(Everybody: false, [Roles.Nurse]), Days: 14), ct);
    /// </code></example>
    Task<int> PublishAsync(DocumentKind kind, PublishedDocument document, CancellationToken ct = default);

    /// <summary>
    /// Whether a person signed what is asked of readers now: the newest version, or one that only small corrections came after. False for a
    /// document that there is not, or not any more.
    /// </summary>
    /// <param name="person">Somebody who signs in.</param>
    /// <example><code>
    /// if (!await acknowledgements.IsAcknowledgedAsync(Procedure.Kind, $"{row.Id}", person, ct)) { … }
    /// </code></example>
    Task<bool> IsAcknowledgedAsync(DocumentKind kind, string key, Guid person, CancellationToken ct = default);
}
