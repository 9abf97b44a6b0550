namespace Modular.Sdk;

/// <summary>Reads the code on a photo, as a phone takes it. Nothing of the photo is kept.</summary>
/// <example><code>
/// var code = await codes.ReadAsync(upload, file.FileName, ct);
/// var item = Gs1.Parse(code, today);
/// </code></example>
public interface ICodes
{
    /// <summary>
    /// What the clearest code on it says: Code 128, QR, DataMatrix, EAN and UPC, upright or turned. A GS1 code comes as a scanner sends it,
    /// fit for <see cref="Gs1.Parse"/>. Call it outside of a write: it may take a second.
    /// </summary>
    /// <param name="photo">A JPEG, PNG, WebP or GIF, within the limits of <see cref="IPictures"/>.</param>
    /// <param name="name">As the person named the file; sentences call it so.</param>
    /// <exception cref="FileRefusedException">No picture, too large, or no code on it; the message is a sentence for the person.</exception>
    Task<string> ReadAsync(Stream photo, string name, CancellationToken ct = default);
}
