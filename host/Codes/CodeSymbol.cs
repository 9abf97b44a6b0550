using Modular.Sdk;
using ZXing;
using ZXing.Common;
using ZXing.Datamatrix.Encoder;

namespace Modular.Host.Codes;

/// <summary>A code as ZXing lays it out: which squares (or bars, one row of them) are black.</summary>
public sealed class CodeSymbol
{
    private readonly BitMatrix squares;

    /// <param name="quiet">White squares that a scanner needs on every side, by the standard of the symbol.</param>
    private CodeSymbol(BitMatrix squares, int quiet) => (this.squares, Quiet) = (squares, quiet);

    public int Quiet { get; }

    public int Width => squares.Width;

    public int Height => squares.Height;

    /// <exception cref="LabelRefusedException">It cannot hold the text.</exception>
    public static CodeSymbol Of(CodeKind kind, string text)
    {
        if (text.Length == 0)
        {
            throw new LabelRefusedException("There is nothing to make a code of.");
        }

        if (kind != CodeKind.Qr && text.FirstOrDefault(c => c is < ' ' or > '~') is var odd and not '\0')
        {
            throw new LabelRefusedException($"A code of bars or a DataMatrix cannot hold the “{odd}” of “{text}”: they hold letters without accents, digits and signs.");
        }

        var (format, quiet) = kind switch
        {
            CodeKind.Code128 => (BarcodeFormat.CODE_128, 10),
            CodeKind.Qr => (BarcodeFormat.QR_CODE, 4),
            _ => (BarcodeFormat.DATA_MATRIX, 1),
        };
        var hints = new Dictionary<EncodeHintType, object>
        {
            [EncodeHintType.MARGIN] = 0, [EncodeHintType.CHARACTER_SET] = "UTF-8", [EncodeHintType.DATA_MATRIX_SHAPE] = SymbolShapeHint.FORCE_SQUARE,
        };
        try
        {
            return new(new MultiFormatWriter().encode(text, format, 0, 0, hints), quiet);
        }
        catch (Exception e) when (e is WriterException or ArgumentException)
        {
            throw new LabelRefusedException($"“{text}” is too long for a code of this kind.");
        }
    }

    /// <summary>Black runs, row by row, so that bars that touch are one.</summary>
    public IEnumerable<(int Left, int Top, int Length)> Runs()
    {
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width;)
            {
                var from = x;
                while (x < Width && squares[x, y])
                {
                    x++;
                }

                if (x > from)
                {
                    yield return (from, y, x - from);
                }
                else
                {
                    x++;
                }
            }
        }
    }
}
