// Made by `npm run templates` from ../digest.mjml: do not edit.
import type { Slotted } from '../../lib/editions/message.ts';
import { escapeHtml, href } from '../../lib/rendering/escape.ts';
import type { SHAPES, ViewOf } from '../../lib/rendering/shapes.ts';

export function digest(v0: ViewOf<(typeof SHAPES)['digest']>): Slotted {
  const pieces: Slotted[number][] = [];
  let html = '';
  html += "<!doctype html><html lang=\"" + escapeHtml(v0.lang) + "\" dir=\"" + escapeHtml(v0.dir) + "\" xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><title>" + escapeHtml(v0.subject) + "</title><!--[if !mso]><!--><meta http-equiv=\"X-UA-Compatible\" content=\"IE=edge\"><!--<![endif]--><meta http-equiv=\"Content-Type\" content=\"text/html;charset=UTF-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style type=\"text/css\"> #outlook a{padding:0;}body{margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%;}table, td{border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt;}img{border:0;height:auto;line-height:100%;outline:none;text-decoration:none;-ms-interpolation-mode:bicubic;}p{display:block;margin:13px 0;} </style><!--[if mso]><noscript><xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml></noscript><![endif]--><!--[if lte mso 11]><style type=\"text/css\"> .mj-outlook-group-fix{width:100% !important;} </style><![endif]--><style type=\"text/css\"> @media only screen and (min-width:480px){.mj-column-per-100{width:100% !important;max-width: 100%;}} </style><style media=\"screen and (min-width:480px)\"> .moz-text-html .mj-column-per-100{width:100% !important;max-width: 100%;} </style><style type=\"text/css\"> :root{color-scheme: light dark;supported-color-schemes: light dark;}a{text-decoration-thickness: 1px;}h3 a{text-decoration-color: #d8d2c4;}.label{letter-spacing: 0.5px;}.b{font-size: 13px;white-space: nowrap;border: 1px solid #d8d2c4;border-radius: 3px;padding: 0 4px;}@media (prefers-color-scheme: dark){.paper, .paper > div{background-color: #171614 !important;}.paper td, .paper td > div, .masthead{color: #ece7dd !important;}.m{color: #b0a99c !important;}.label, .w.w, .sign{color: #f0998a !important;}.masthead{border-color: #ece7dd !important;}.label, .rule, .b{border-color: #3d3932 !important;}h3 a{text-decoration-color: #3d3932;}}@media (max-width: 480px){h1{font-size: 30px !important;line-height: 36px !important;}}@media print{.foot{display: none;}} </style><meta name=\"color-scheme\" content=\"light dark\"><meta name=\"supported-color-schemes\" content=\"light dark\"><meta name=\"x-apple-disable-message-reformatting\"><meta name=\"format-detection\" content=\"telephone=no, date=no, address=no, email=no\"><style> [data-ogsc] .paper td, [data-ogsc] .paper td > div, [data-ogsc] .masthead{color: #ece7dd !important;}[data-ogsc] .m{color: #b0a99c !important;}[data-ogsc] .label, [data-ogsc] .w, [data-ogsc] .sign{color: #f0998a !important;}[data-ogsb] .paper, [data-ogsb] .paper > div{background-color: #171614 !important;} </style></head><body class=\"paper\" style=\"background-color:#fbfaf7;\"><div aria-label=\"" + escapeHtml(v0.subject) + "\" aria-roledescription=\"email\" role=\"article\" lang=\"" + escapeHtml(v0.lang) + "\" dir=\"" + escapeHtml(v0.dir) + "\" style=\"background-color:#fbfaf7;\"><div class=\"preheader\" style=\"display: none;max-height: 0;overflow: hidden;mso-hide: all;\">" + escapeHtml(v0.preheader) + "</div><!--[if mso | IE]><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"\" role=\"presentation\" style=\"width:640px;\" width=\"640\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--><div style=\"margin:0px auto;max-width:640px;\"><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"width:100%;\"><tbody><tr><td style=\"font-size:0px;padding:28px 0 0;text-align:center;\"><!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:640px;\" ><![endif]--><div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;text-align:start;display:inline-block;vertical-align:top;width:100%;\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"vertical-align:top;\" width=\"100%\"><tbody><tr><td style=\"font-size:0px;padding:0 20px;word-break:break-word;\"><div style=\"font-family:Georgia, 'Times New Roman', serif;font-size:17px;line-height:25px;text-align:left;text-align:start;color:#1c1a17;\"><h1 class=\"masthead\" style=\"margin: 0 0 6px;font-size: 36px;line-height: 42px;font-weight: normal;letter-spacing: -0.5px;border-top: 6px double #1c1a17;padding-top: 18px;\">" + escapeHtml(v0.name) + "</h1><p class=\"m\" style=\"margin: 0 0 6px;font-size: 14px;line-height: 20px;color: #5b564d;font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;\">" + escapeHtml(v0.dateline) + "<br>" + escapeHtml(v0.summary) + "</p> ";
  if (v0.since) {
    html += "<p class=\"m\" style=\"margin: 0 0 6px;font-size: 14px;line-height: 20px;color: #5b564d;font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;\">" + escapeHtml(v0.since) + "</p>";
  }
  html += " ";
  if (v0.notice) {
    html += "<p class=\"rule\" style=\"margin: 0 0 6px;border-top: 1px solid #d8d2c4;padding-top: 14px;margin-top: 22px;\">" + escapeHtml(v0.notice) + " " + escapeHtml(v0.preheader) + "</p>";
  }
  html += "</div></td></tr><tr><td style=\"font-size:0px;padding:0 20px;word-break:break-word;\"><div style=\"font-family:Georgia, 'Times New Roman', serif;font-size:17px;line-height:25px;text-align:left;text-align:start;color:#1c1a17;\">";
  for (const v1 of v0.lead) {
    html += " <h2 class=\"label\" style=\"margin: 0 0 14px;font-size: 14px;line-height: 20px;padding-top: 16px;margin-top: 30px;border-top: 1px solid #d8d2c4;color: #8c1c13;font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;\">" + escapeHtml(v0.leadLabel) + "</h2><h3 class=\"lead\" lang=\"" + escapeHtml(v1.lang) + "\" dir=\"" + escapeHtml(v1.dir) + "\" style=\"font-size: 28px;line-height: 34px;font-weight: normal;margin: 0 0 6px;\">";
    if (v1.link) {
      html += "<a href=\"" + href(v1.link) + "\" style=\"color: inherit;\">" + escapeHtml(v1.title) + "</a>";
    } else {
      html += escapeHtml(v1.title);
    }
    html += "</h3> ";
    if (v1.warning) {
      html += "<p class=\"m w\" style=\"margin: 0 0 6px;font-size: 14px;line-height: 20px;font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;color: #8c1c13;\"><b>" + escapeHtml(v1.warning) + "</b></p>";
    }
    html += " ";
    if (v1.extract) {
      html += "<p lang=\"" + escapeHtml(v1.lang) + "\" dir=\"" + escapeHtml(v1.dir) + "\" style=\"margin: 0 0 6px;\">" + escapeHtml(v1.extract) + "</p>";
    }
    html += " <p class=\"m f\" style=\"font-size: 14px;line-height: 20px;color: #5b564d;font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;margin: 0 0 24px;\">" + escapeHtml(v1.publisher);
    if (v1.language) {
      html += "&nbsp;<span class=\"b\">" + escapeHtml(v1.language) + "</span>";
    }
    html += " · " + escapeHtml(v1.facts);
    if (v1.also.length > 0) {
      html += "<br>" + escapeHtml(v1.alsoBy) + " ";
      for (const v2 of v1.also) {
        if (v2.link) {
          html += "<a href=\"" + href(v2.link) + "\" style=\"color: inherit;\">" + escapeHtml(v2.publisher) + "</a>";
        } else {
          html += escapeHtml(v2.publisher);
        }
        if (v2.language) {
          html += "&nbsp;<span class=\"b\">" + escapeHtml(v2.language) + "</span>";
        }
        if (v2.last) {

        } else {
          html += ", ";
        }
      }
    }
    if (v1.why) {
      html += "<br>" + escapeHtml(v1.why);
    }
    html += "</p> ";
  }
  html += " ";
  for (const v1 of v0.sections) {
    html += " <h2 class=\"label\" style=\"margin: 0 0 14px;font-size: 14px;line-height: 20px;padding-top: 16px;margin-top: 30px;border-top: 1px solid #d8d2c4;color: #8c1c13;font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;\">" + escapeHtml(v1.title) + "</h2> ";
    for (const v2 of v1.stories) {
      html += " <h3 lang=\"" + escapeHtml(v2.lang) + "\" dir=\"" + escapeHtml(v2.dir) + "\" style=\"margin: 0 0 4px;font-size: 20px;line-height: 26px;\">";
      if (v2.link) {
        html += "<a href=\"" + href(v2.link) + "\" style=\"color: inherit;\">" + escapeHtml(v2.title) + "</a>";
      } else {
        html += escapeHtml(v2.title);
      }
      html += "</h3> ";
      if (v2.warning) {
        html += "<p class=\"m w\" style=\"margin: 0 0 6px;font-size: 14px;line-height: 20px;font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;color: #8c1c13;\"><b>" + escapeHtml(v2.warning) + "</b></p>";
      }
      html += " ";
      if (v2.extract) {
        html += "<p lang=\"" + escapeHtml(v2.lang) + "\" dir=\"" + escapeHtml(v2.dir) + "\" style=\"margin: 0 0 6px;\">" + escapeHtml(v2.extract) + "</p>";
      }
      html += " <p class=\"m f\" style=\"font-size: 14px;line-height: 20px;color: #5b564d;font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;margin: 0 0 24px;\">" + escapeHtml(v2.publisher);
      if (v2.language) {
        html += "&nbsp;<span class=\"b\">" + escapeHtml(v2.language) + "</span>";
      }
      html += " · " + escapeHtml(v2.facts);
      if (v2.also.length > 0) {
        html += "<br>" + escapeHtml(v2.alsoBy) + " ";
        for (const v3 of v2.also) {
          if (v3.link) {
            html += "<a href=\"" + href(v3.link) + "\" style=\"color: inherit;\">" + escapeHtml(v3.publisher) + "</a>";
          } else {
            html += escapeHtml(v3.publisher);
          }
          if (v3.language) {
            html += "&nbsp;<span class=\"b\">" + escapeHtml(v3.language) + "</span>";
          }
          if (v3.last) {

          } else {
            html += ", ";
          }
        }
      }
      if (v2.why) {
        html += "<br>" + escapeHtml(v2.why);
      }
      html += "</p> ";
    }
    html += " ";
  }
  html += " ";
  if (v0.more) {
    html += "<p class=\"rule\" style=\"margin: 0 0 6px;border-top: 1px solid #d8d2c4;padding-top: 14px;margin-top: 22px;\"><a href=\"" + href(v0.pageUrl) + "\" style=\"color: inherit;\">" + escapeHtml(v0.more) + "</a></p>";
  }
  html += " ";
  if (v0.ended) {
    html += "<p class=\"m rule\" style=\"margin: 0 0 6px;font-size: 14px;line-height: 20px;color: #5b564d;font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;border-top: 1px solid #d8d2c4;padding-top: 14px;margin-top: 22px;\">" + escapeHtml(v0.ended) + "</p>";
  }
  html += "</div></td></tr><tr><td style=\"font-size:0px;padding:0 20px 36px;word-break:break-word;\"><div style=\"font-family:Georgia, 'Times New Roman', serif;font-size:17px;line-height:25px;text-align:left;text-align:start;color:#1c1a17;\"><p class=\"m rule\" style=\"margin: 0 0 6px;font-size: 14px;line-height: 20px;color: #5b564d;font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;border-top: 1px solid #d8d2c4;padding-top: 14px;margin-top: 22px;\">" + escapeHtml(v0.health) + " " + escapeHtml(v0.colophon) + "</p><p class=\"m\" style=\"margin: 0 0 6px;font-size: 14px;line-height: 20px;color: #5b564d;font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;\">" + escapeHtml(v0.reason) + "</p><p class=\"m foot\" style=\"margin: 0 0 6px;font-size: 14px;line-height: 20px;color: #5b564d;font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;\"><a href=\"" + href(v0.pageUrl) + "\" style=\"color: inherit;\">" + escapeHtml(v0.browser) + "</a> · <a href=\"";
  pieces.push(html, { slot: 'preferencesUrl' });
  html = '';
  html += "\" style=\"color: inherit;\">" + escapeHtml(v0.preferences) + "</a> · <a href=\"";
  pieces.push(html, { slot: 'unsubscribeUrl' });
  html = '';
  html += "\" style=\"color: inherit;\">" + escapeHtml(v0.unsubscribe) + "</a></p><p class=\"m\" style=\"margin: 0 0 6px;font-size: 14px;line-height: 20px;color: #5b564d;font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;\">" + escapeHtml(v0.contact) + "</p></div></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></div></body></html>";
  pieces.push(html);
  return pieces;
}
