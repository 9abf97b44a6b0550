namespace Modular.Sdk;

/// <summary>
/// Makes a picture as people send it into one that is fit to be kept and shown: turned upright, small, written anew, without what a
/// camera notes in it (where and when it was taken, by which device).
/// </summary>
/// <example>
/// <code>
/// var small = await pictures.ShrinkAsync(upload, file.FileName, 640, ct);
/// var stored = await files.SaveAsync(new MemoryStream(small.Content), small.Name, owner, ct);
/// </code>
/// </example>
public interface IPictures
{
    /// <summary>Judges the picture by its content before any of it is drawn. Call it outside of a write: a large photo takes a tenth of a second.</summary>
    /// <param name="content">A JPEG, PNG, WebP or GIF, of which the first picture is taken.</param>
    /// <param name="name">As the person named the file; sentences call it so.</param>
    /// <param name="longest">Dots of the longer side, from 16 to 4,000. A smaller picture keeps its size.</param>
    /// <exception cref="FileRefusedException">Too large, damaged or no such picture; the message is a sentence for the person.</exception>
    Task<SmallPicture> ShrinkAsync(Stream content, string name, int longest, CancellationToken ct = default);
}

/// <summary>A picture that is fit to be kept and shown.</summary>
/// <param name="Name">The name it came with, its ending that of the type.</param>
/// <param name="Type"><c>image/jpeg</c>, or <c>image/png</c> when a part of it is see-through.</param>
/// <param name="Width">In dots.</param>
/// <param name="Height">In dots.</param>
public sealed record SmallPicture(byte[] Content, string Name, string Type, int Width, int Height);
